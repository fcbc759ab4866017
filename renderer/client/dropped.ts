/**
 * The files of a drop, those inside of dropped folders among them, each with its path below what was dropped. To be called
 * while the drop is handled: afterwards a browser forgets what it held.
 */
export function droppedFiles(transfer: DataTransfer): Promise<File[]> {
  const found = [...transfer.items].map((item): Promise<File[]> => {
    const entry = item.webkitGetAsEntry();
    if (entry !== null) return filesBelow(entry);
    const file = item.getAsFile();
    return Promise.resolve(file === null ? [] : [file]);
  });
  return Promise.all(found).then((files) => files.flat());
}

async function filesBelow(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) return [await fileOf(entry as FileSystemFileEntry)];
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: File[] = [];
  // It gives a hundred at a time, and none when it has given all.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return found;
    for (const inner of some) found.push(...(await filesBelow(inner)));
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) =>
    entry.file((file) => {
      const path = entry.fullPath.replace(/^\//, '');
      // As a file that was chosen with its folder has it.
      if (path.includes('/')) Object.defineProperty(file, 'webkitRelativePath', { value: path });
      resolve(file);
    }, reject),
  );
}
