/** The type of import.meta.glob: the texts of files, by path. The bundler replaces each use. */
interface ImportMeta {
  glob(
    patterns: readonly string[],
    options: { readonly query: '?raw'; readonly import: 'default'; readonly eager: true },
  ): Readonly<Record<string, string>>
}
