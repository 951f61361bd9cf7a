export function handler(): void {
  throw new Error('broken on purpose');
}
