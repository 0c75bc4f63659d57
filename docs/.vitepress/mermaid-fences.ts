import { renderMermaidSVG } from 'beautiful-mermaid';
import type { MarkdownRenderer } from 'vitepress';

/** Colours of the theme by name, so that a diagram follows light and dark without being drawn again. */
const COLOURS = {
  bg: 'var(--vp-c-bg)',
  fg: 'var(--vp-c-text-1)',
  muted: 'var(--vp-c-text-2)',
  line: 'var(--vp-c-text-3)',
  accent: 'var(--vp-c-brand-1)',
  surface: 'var(--vp-c-bg-soft)',
  border: 'var(--vp-c-border)',
  font: 'inherit',
  transparent: true,
} as const;

/** The drawing asks a font server for its font: the site's own is there already, and nothing is loaded from elsewhere. */
const FONT_IMPORT = /@import url\([^)]*\);?/g;

/** Draws each fence of Mermaid text as SVG while the site is built, so that nothing is loaded or drawn at view time. */
export function drawMermaidFences(markdown: MarkdownRenderer): void {
  const { fence } = markdown.renderer.rules;
  markdown.renderer.rules.fence = (tokens, index, ...rest) => {
    const token = tokens[index];
    if (token === undefined || token.info.trim() !== 'mermaid') return fence?.(tokens, index, ...rest) ?? '';
    const drawing = renderMermaidSVG(token.content, COLOURS).replaceAll(FONT_IMPORT, '');
    // A style element of a page would be moved away by Vue: as an image in the text it keeps its own.
    return `<div class="diagram" v-html="${attribute(drawing)}"></div>\n`;
  };
}

/** As the value of an expression in an attribute: a JSON string is one, with its quotes escaped. */
function attribute(text: string): string {
  return JSON.stringify(text).replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
