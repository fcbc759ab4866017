/** Unicode's scripts, the ones most texts are in first (\p{Script=…}). */
const names =
  'Latin Common Han Cyrillic Arabic Greek Hebrew Devanagari Hangul Thai Inherited Hiragana Katakana Bengali Tamil Telugu Kannada Malayalam ' +
  'Gujarati Gurmukhi Sinhala Oriya Georgian Armenian Ethiopic Khmer Lao Myanmar Tibetan Mongolian Cherokee Syriac Thaana Nko Bopomofo Yi ' +
  'Canadian_Aboriginal Braille Adlam Ahom Anatolian_Hieroglyphs Avestan Balinese Bamum Bassa_Vah Batak Bhaiksuki Brahmi Buginese Buhid Carian ' +
  'Caucasian_Albanian Chakma Cham Coptic Cuneiform Cypriot Cypro_Minoan Deseret Dives_Akuru Dogra Duployan Egyptian_Hieroglyphs Elbasan Elymaic ' +
  'Glagolitic Gothic Grantha Gunjala_Gondi Hanifi_Rohingya Hanunoo Hatran Imperial_Aramaic Inscriptional_Pahlavi Inscriptional_Parthian ' +
  'Javanese Kaithi Kawi Kayah_Li Kharoshthi Khitan_Small_Script Khojki Khudawadi Lepcha Limbu Linear_A Linear_B Lisu Lycian Lydian Mahajani ' +
  'Makasar Mandaic Manichaean Marchen Masaram_Gondi Medefaidrin Meetei_Mayek Mende_Kikakui Meroitic_Cursive Meroitic_Hieroglyphs Miao Modi Mro ' +
  'Multani Nabataean Nag_Mundari Nandinagari New_Tai_Lue Newa Nushu Nyiakeng_Puachue_Hmong Ogham Ol_Chiki Old_Hungarian Old_Italic ' +
  'Old_North_Arabian Old_Permic Old_Persian Old_Sogdian Old_South_Arabian Old_Turkic Old_Uyghur Osage Osmanya Pahawh_Hmong Palmyrene ' +
  'Pau_Cin_Hau Phags_Pa Phoenician Psalter_Pahlavi Rejang Runic Samaritan Saurashtra Sharada Shavian Siddham SignWriting Sogdian Sora_Sompeng ' +
  'Soyombo Sundanese Syloti_Nagri Tagalog Tagbanwa Tai_Le Tai_Tham Tai_Viet Takri Tangsa Tangut Tifinagh Tirhuta Toto Ugaritic Vai Vithkuqi ' +
  'Wancho Warang_Citi Yezidi Zanabazar_Square';

let patterns: (readonly [string, RegExp])[] | undefined;
const known = new Map<string, string | null>();

/** Scripts that are written side by side in Japanese count as one; a space and what has no script belong to any (null). */
function scriptOf(c: string): string | null {
  if (c === ' ') return null;
  if (c === '\u30fc') return 'Han';
  let script = known.get(c);
  if (script === undefined) {
    patterns ??= names.split(' ').map((n) => [n, new RegExp(`^\\p{Script=${n}}`, 'u')] as const);
    const found = patterns.find(([, p]) => p.test(c))?.[0] ?? null;
    script = found === 'Hiragana' || found === 'Katakana' ? 'Han' : found;
    known.set(c, script);
  }
  return script;
}

/** A text cut where the script changes, without the spaces before its first script (tokenizers' UnicodeScripts). */
export function byScript(text: string): string[] {
  const out: string[] = [];
  let last: string | null = null;
  let piece = '';
  for (const c of text) {
    const script = scriptOf(c);
    if (script !== null && last !== null && script !== last) {
      out.push(piece);
      piece = '';
    }
    last = script ?? last;
    if (last !== null) piece += c;
  }
  if (piece !== '') out.push(piece);
  return out;
}
