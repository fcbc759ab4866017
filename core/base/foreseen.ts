import { InputError, MoeTopicError, ResourceError } from './errors.ts';
import { fileInTheWay } from './make-folder.ts';

/**
 * An error as a person is told it at any of the doors: what the operating system or the runtime refused in one sentence
 * (what, where, what to do); errors of our own, and those that nobody foresaw, as they are.
 */
export function foreseen(error: unknown): unknown {
  if (error instanceof MoeTopicError || !(error instanceof Error)) return error;
  const { code, path: file = 'a file' } = error as NodeJS.ErrnoException;
  const cause = error;
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new ResourceError(`The disk is full while writing ${file}; free some space and run it again.`, {
        code: 'disk',
        cause,
      });
    case 'ENOENT':
      return new InputError(`There is no ${file}; check the path.`, { cause });
    case 'EACCES':
    case 'EPERM':
      return new InputError(`No permission for ${file}; choose another place or change its rights.`, {
        cause,
      });
    case 'EROFS':
      return new InputError(`${file} is on a disk that can only be read; choose another place.`, { cause });
    case 'EISDIR':
      return new InputError(`${file} is a folder, not a file; choose another name.`, { cause });
    case 'ENOTDIR':
    case 'EEXIST':
      return fileInTheWay(file, cause);
    case 'ENAMETOOLONG':
      return new InputError(`${file} is too long a name for this disk; choose a shorter one.`, { cause });
    case 'EBUSY':
      return new InputError(`${file} is in use by another program; close it there and try again.`, { cause });
    case 'EIO':
      return new InputError(`The disk reports an error at ${file}; try another place.`, { cause });
    case 'EMFILE':
    case 'ENFILE':
      return new ResourceError(
        'Too many files are open on this machine; close some programs and try again.',
        {
          cause,
        },
      );
  }
  if (error instanceof RangeError && /allocation|Invalid (typed )?array length/i.test(error.message))
    return new ResourceError(`Not enough memory (${error.message}); use --sample or a machine with more.`, {
      code: 'memory',
      cause,
    });
  return error;
}
