/** What is missing on this machine for these stages of `npm test`: for people, and as Debian's packages. */
export function findMissing(stages: string[]): { names: string[]; packages: string[] };
