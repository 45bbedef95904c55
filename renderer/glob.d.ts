/** What the bundler makes of import.meta.glob: the texts of files, by path. Each use is replaced when the window is built. */
interface ImportMeta {
  glob(
    patterns: readonly string[],
    options: { readonly query: '?raw'; readonly import: 'default'; readonly eager: true },
  ): Readonly<Record<string, string>>
}
