import { defineConfig } from 'vitepress';
import { adrPages } from './adr-pages.js';
import { nameLinksOut } from './links-out.js';
import { drawMermaidFences } from './mermaid-fences.js';
import { sidebarChapters } from './sidebar-chapters.js';

/** Made by typedoc before the site is built, one page an entry point. */
const API_PAGES = [
  { text: 'nestjs-vodapay', link: '/api/' },
  { text: 'nestjs-vodapay/testing', link: '/api/testing' },
  { text: 'nestjs-vodapay/protocol', link: '/api/protocol' },
  { text: 'nestjs-vodapay/swagger', link: '/api/swagger' },
];

/** `npm run docs:site`. Everything a page needs is in the site: no font, no script, no search service from elsewhere. */
export default defineConfig({
  title: 'nestjs-vodapay',
  description: 'Sign VodaPay users in to a NestJS application and link them to your own accounts.',
  lang: 'en',
  outDir: '../dist/site',
  cacheDir: '../.cache/vitepress',
  cleanUrls: false,
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  markdown: {
    config: (markdown) => {
      drawMermaidFences(markdown);
      nameLinksOut(markdown);
    },
  },
  themeConfig: {
    search: {
      provider: 'local',
      options: {
        detailedView: true,
        miniSearch: {
          options: {
            // A code such as USED_CODE is one word, and its parts are words too.
            tokenize: (text: string) =>
              (text.match(/[\p{L}\p{N}_]+/gu) ?? []).flatMap((word) => [word, ...(word.match(/[^_]+/g) ?? [])]),
          },
          searchOptions: {
            combineWith: 'AND',
            fuzzy: 0.1,
            // The reference names everything, so it would stand first for everything.
            boostDocument: (id: string) => (id.includes('/api/') ? 0.1 : 1),
          },
        },
      },
    },
    outline: [2, 3],
    nav: [
      { text: 'Quick start', link: '/quick-start' },
      { text: 'Configuration', link: '/configuration' },
      { text: 'Errors', link: '/errors' },
    ],
    sidebar: [
      ...sidebarChapters(),
      { text: 'API', collapsed: true, items: [...API_PAGES] },
      { text: 'Decisions', collapsed: true, items: [...adrPages()] },
    ],
  },
});
