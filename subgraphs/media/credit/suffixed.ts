/** Credits with the label at the end, as in Chinese, Japanese and Korean: "新华社记者 李明 摄", "山田太郎撮影". */
import { agencyNamed } from './agencies.ts';
import type { Reading } from './line.ts';

const labels = /(?:摄影|攝影|摄|攝|撮影|提供|供图|供圖|제공|촬영)$/u;
const provided = /(?:提供|供图|供圖|제공)$/u;
const reporter = /^(.*?)(?:本报记者|记者|記者|通讯员|通訊員|특파원|기자|カメラマン)\s*(.*)$/u;

/** The credit of such a text; undefined if it has no label at the end. */
export function readSuffixed(text: string): Reading | undefined {
  const line = text
    .trim()
    .replace(/[.。)\]]$/, '')
    .replace(/^[([=\s-]/, '')
    .trim();
  const label = line.length <= 40 ? labels.exec(line) : null;
  if (!label) return undefined;
  const name = line
    .slice(0, label.index)
    .trim()
    .replace(/[:=\s]$/, '');
  if (name === '' || /[.。,!?！？]/.test(name)) return undefined;
  const agency = agencyNamed(name);
  if (agency) return { credits: [{ agency: agency.name, category: agency.category }] };
  const [, house = '', person = ''] = reporter.exec(name) ?? [];
  if (person !== '') {
    const houseAgency = agencyNamed(house.trim());
    const agencyName = houseAgency?.name ?? house.trim();
    return isName(person)
      ? {
          credits: [
            {
              creatorName: person,
              ...(agencyName && agencyName !== '本报' ? { agency: agencyName } : {}),
              category: houseAgency?.category ?? 'STAFF',
            },
          ],
        }
      : undefined;
  }
  const [first = '', ...rest] = name.split(/\s+/);
  const firstAgency = rest.length > 0 ? agencyNamed(first) : undefined;
  if (firstAgency && isName(rest.join(' ')))
    return {
      credits: [{ creatorName: rest.join(' '), agency: firstAgency.name, category: firstAgency.category }],
    };
  if (provided.test(line))
    return name.length <= 20 && /^[\p{Lo}\p{M}\p{Lm}\p{L}\s·・]+$/u.test(name) && rest.length < 3
      ? { credits: [{ agency: name, category: 'HANDOUT' }] }
      : undefined;
  return isName(name) ? { credits: [{ creatorName: name, category: 'OTHER' }] } : undefined;
}

/** Two to eight characters without case, or a name of two or three words. */
function isName(name: string): boolean {
  return (
    /^[\p{Lo}\p{M}\p{Lm}·・]{2,8}(?: [\p{Lo}\p{M}\p{Lm}·・]{1,6})?$/u.test(name) ||
    /^\p{Lu}[\p{L}.'’-]+(?: \p{Lu}[\p{L}.'’-]*){1,2}$/u.test(name)
  );
}
