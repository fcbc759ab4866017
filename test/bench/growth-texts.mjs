/** Documents of some 60 words drawn by Zipf's law from a vocabulary that grows with their number, a fifth of them their topic's own. */
export function documentsOf(labels, random) {
  const common = Math.round(20_000 * Math.sqrt(labels.length / 20_000));
  const word = (rank) => `w${rank.toString(36).replace(/\d/g, (digit) => 'qxzjkvbpyg'[Number(digit)])}`;
  return Array.from(labels, (label) => {
    const own = common + 50 * (label + 1);
    const words = 20 + random.integer(80);
    let text = '';
    for (let w = 0; w < words; w++) {
      const rank = Math.floor(common ** random.next());
      text += `${word(random.next() < 0.2 ? own + (rank % 50) : rank)} `;
    }
    // One flat string instead of a rope of pieces.
    return Buffer.from(text, 'latin1').toString('latin1');
  });
}
