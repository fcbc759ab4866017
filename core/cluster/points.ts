import { checkMatrix, type Matrix } from '../base/matrix.ts';
import { InputError } from '../base/errors.ts';

/**
 * Checks what is to be clustered: at least one row and one column, all finite.
 * @throws InputError naming the first row that is not.
 */
export function checkPoints(input: Matrix): Matrix {
  if (input.rows < 1 || input.columns < 1)
    throw new InputError(
      `The matrix to cluster has ${input.rows} rows and ${input.columns} columns; give at least one of each.`,
    );
  return checkMatrix(input, 'The matrix to cluster');
}

/** Whether every row equals the first. */
export function allEqual(input: Matrix): boolean {
  const { data, columns } = input;
  for (let i = columns; i < data.length; i++) if (data[i] !== data[i - columns]) return false;
  return true;
}
