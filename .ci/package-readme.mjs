/** Files that stand beside the README in the package. */
const PACKED = new Set(['LICENSE', 'CHANGELOG.md']);
/** What only a clone of the repository has. */
const CUT_SECTIONS = ['Two commands', "The sample's contract"];

/** The README as the package shows it: without what only the repository has, and without links that lead out of it. */
export function packageReadme(readme) {
  const sections = readme.split(/^(?=## )/m);
  const kept = sections.filter((section) => !CUT_SECTIONS.some((title) => section.startsWith(`## ${title}\n`)));
  return kept.join('').replaceAll(/\[([^\]]+)\]\(([^)\s]+)\)/g, (link, text, target) => {
    const leadsOut = !/^(?:[a-z]+:|#)/.test(target) && !PACKED.has(target);
    return leadsOut ? text : link;
  });
}
