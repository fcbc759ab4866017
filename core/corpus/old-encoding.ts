import chardet from 'chardet';
import type { Encoding } from './encoding.ts';

/** Bytes looked at, and how many of them from one place: enough for statistics, and not only of the first column or author. */
const [wanted, fromOne] = [65_536, 4_096];

/** Gathers the parts of a stream of bytes that hold something beyond ASCII. */
export class ForeignSample {
  private readonly parts: Buffer[] = [];
  private bytes = 0;

  add(chunk: Buffer): void {
    for (let at = 0; at < chunk.length && this.bytes < wanted;) {
      while (at < chunk.length && chunk[at] < 0x80) at++;
      if (at === chunk.length) return;
      const part = Buffer.from(chunk.subarray(at, at + fromOne));
      this.parts.push(part);
      this.bytes += part.length;
      at += fromOne;
    }
  }

  /** The encoding that these bytes most likely are in, given that they are not UTF-8; windows-1252 where nothing speaks for another. */
  encoding(): Encoding {
    const found = chardet.analyse(Buffer.concat(this.parts));
    const western = found.find(({ name }) => names[name] === 'windows-1252')?.confidence ?? 0;
    for (const { name, confidence } of found) {
      const encoding = names[name];
      if (encoding === undefined) continue;
      // Latin letters are alike in all of these; what is commonest needs the least proof.
      const lead = name in latin ? 10 : 0;
      if (confidence >= 20 && confidence > western + lead) return encoding;
      break;
    }
    return 'windows-1252';
  }
}

/** Alphabets that share most of their bytes with windows-1252. */
const latin: Record<string, Encoding> = {
  'windows-1250': 'windows-1250',
  'ISO-8859-2': 'iso-8859-2',
  'windows-1254': 'windows-1254',
  'ISO-8859-9': 'windows-1254',
};

/** chardet's names → ours. */
const names: Record<string, Encoding> = {
  ...latin,
  'windows-1252': 'windows-1252',
  'ISO-8859-1': 'windows-1252',
  GB18030: 'gb18030',
  Big5: 'big5',
  Shift_JIS: 'shift_jis',
  'EUC-JP': 'euc-jp',
  'EUC-KR': 'euc-kr',
  'windows-1251': 'windows-1251',
  'KOI8-R': 'koi8-r',
  'ISO-8859-7': 'windows-1253',
};
