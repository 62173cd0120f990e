/** The arguments of importers. */
import type { NewsroomStores } from '../stores.ts';
import type { Reporter } from './report.ts';
import type { SourceFile } from './source.ts';

/** The destination of content, from a file or a webhook. */
export interface Bringing {
  stores: NewsroomStores;
  /** The author of the changes. */
  by: string;
  reporter: Reporter;
}

export interface Importing extends Bringing {
  file: SourceFile;
  /** Called with the number of bytes read; a file that is read twice counts twice. */
  onBytes: (count: number) => void;
  /** The language of stories without one. */
  language?: string | undefined;
}

/** Reads one file and stores its content. Throws an ImportError when the whole file is unusable. */
export type Importer = (importing: Importing) => Promise<void>;
