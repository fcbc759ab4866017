import { InputError } from '../base/errors.ts';

/** Where no project is. */
export function noProject(place: string, options?: { cause?: unknown }): InputError {
  return new InputError(`There is no project at ${place}; check the path.`, options);
}

/** Where a folder is, and a project's file was meant. */
export function folderForProject(place: string, options?: { cause?: unknown }): InputError {
  return new InputError(`${place} is a folder, not a project; choose a .moetopic file.`, options);
}
