/** What every importer is handed. */
import type { NewsroomStores } from '../stores.ts';
import type { Reporter } from './report.ts';
import type { SourceFile } from './source.ts';

/** Where content goes that was read, from a file or from elsewhere. */
export interface Bringing {
  stores: NewsroomStores;
  /** Who is named as the author of the changes. */
  by: string;
  reporter: Reporter;
}

export interface Importing extends Bringing {
  file: SourceFile;
  /** Told how many bytes of the file were read; a file that is read twice tells each byte twice. */
  onBytes: (count: number) => void;
  /** The language of stories whose source tells none. */
  language?: string | undefined;
}

/** Reads one file and stores what is in it. Throws an ImportError where the file as a whole is unfit. */
export type Importer = (importing: Importing) => Promise<void>;
