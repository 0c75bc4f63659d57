export function packageReadme(readme: string): string;
