const THEMES = ['system', 'light', 'dark'];
const KEPT_AS = 'wallet-theme';

/** A button that goes through the themes; the choice is kept in this browser. */
export function followTheme(toggle) {
  let theme = localStorage.getItem(KEPT_AS) ?? 'system';
  show();
  toggle.addEventListener('click', () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
    localStorage.setItem(KEPT_AS, theme);
    show();
  });

  function show() {
    if (!THEMES.includes(theme)) theme = 'system';
    document.documentElement.dataset.theme = theme;
    toggle.textContent = `Theme: ${theme}`;
  }
}
