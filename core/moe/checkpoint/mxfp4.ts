import { ModelError } from '../../base/errors.ts';
import type { Checkpoint } from './types.ts';
import type { Weight } from './weight.ts';

/** Values of the 4-bit codes E2M1 (OCP Microscaling Formats v1.0, section 5.3.3). */
const codes = [0, 0.5, 1, 1.5, 2, 3, 4, 6, -0, -0.5, -1, -1.5, -2, -3, -4, -6];
/** Numbers that share one scale, and their bytes. */
const block = 32;
const blockBytes = block / 2;

/**
 * A matrix stored as MXFP4: `NAME_blocks` uint8 [matrices, rows, columns / 32, 16], the low nibble first, and `NAME_scales` uint8
 * [matrices, rows, columns / 32], powers of two biased by 127 (gpt-oss on the hub; transformers integrations/mxfp4.py).
 * @returns [matrices · rows, columns]
 * @throws ModelError when a tensor is missing or its shape is another.
 */
export function mxfp4Weight(
  checkpoint: Checkpoint,
  name: string,
  matrices: number,
  rows: number,
  columns: number,
): Weight {
  const blocks = columns / block;
  check(checkpoint, `${name}_blocks`, [matrices, rows, blocks, blockBytes]);
  check(checkpoint, `${name}_scales`, [matrices, rows, blocks]);
  return {
    name,
    rows: matrices * rows,
    columns,
    async read(from, to) {
      const packed = await checkpoint.bytes(
        `${name}_blocks`,
        from * blocks * blockBytes,
        to * blocks * blockBytes,
      );
      const scales = await checkpoint.bytes(`${name}_scales`, from * blocks, to * blocks);
      const out = new Float32Array((to - from) * columns);
      for (let b = 0; b < scales.length; b++) {
        const scale = 2 ** (scales[b] - 127);
        for (let i = 0; i < blockBytes; i++) {
          const byte = packed[b * blockBytes + i];
          out[b * block + 2 * i] = codes[byte & 15] * scale;
          out[b * block + 2 * i + 1] = codes[byte >> 4] * scale;
        }
      }
      return out;
    },
  };
}

function check(checkpoint: Checkpoint, name: string, shape: readonly number[]): void {
  const t = checkpoint.tensors.get(name);
  if (!t)
    throw new ModelError(
      `The checkpoint has no tensor ${JSON.stringify(name)}, which its MXFP4 experts need; the download is incomplete.`,
    );
  if (t.type !== 'U8' || t.shape.length !== shape.length || t.shape.some((n, i) => n !== shape[i]))
    throw new ModelError(
      `Tensor ${JSON.stringify(name)} is ${t.type} [${t.shape.join(', ')}], but config.json asks for U8 [${shape.join(', ')}]; the two do not belong together.`,
    );
}
