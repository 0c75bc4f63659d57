import { posix } from 'node:path';
import type { MarkdownRenderer } from 'vitepress';

/** Documents link to files of the repository too. The site has none of them: there they are named and lead nowhere. */
export function nameLinksOut(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('name-links-out', ({ tokens, env }) => {
    const page = (env as { readonly relativePath?: string }).relativePath ?? '';
    let out = false;
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      if (token.type === 'link_open') out = leadsOut(page, token.attrGet('href') ?? '');
      if (!out || !token.type.startsWith('link_')) continue;
      token.type = token.type.replace('link_', 'span_');
      token.tag = 'span';
      token.attrs = null;
    }
  });
}

function leadsOut(page: string, href: string): boolean {
  return !/^(?:[a-z]+:|#|\/)/.test(href) && posix.join(posix.dirname(page), href).startsWith('../');
}
