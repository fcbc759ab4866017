export const root: string;
export function buildThreads(): Promise<void>;
export function buildNode(): Promise<void>;
