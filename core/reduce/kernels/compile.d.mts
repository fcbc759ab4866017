export function kernelNames(): string[];
export function compileKernel(name: string): Promise<string>;
