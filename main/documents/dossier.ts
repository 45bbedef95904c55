/** The acceptance summary as files: JSON for machines, HTML with nothing outside of itself for people. */
import { dossierDocument, type DocumentCell } from '../../domain/acceptance/dossier-document.ts'
import type { Dossier } from '../../domain/acceptance/dossier.ts'
import { dossierPageText } from '../../domain/acceptance/text.ts'

export const dossierFormats = ['json', 'html'] as const
export type DossierFormat = (typeof dossierFormats)[number]

export interface DossierFile {
  readonly fileName: string
  readonly mediaType: string
  readonly text: string
}

/** The summary as a file of that format; HTML with every step or without, JSON always whole. Times carry their zone. */
export function writeDossier(dossier: Dossier, format: DossierFormat, everyStep: boolean): DossierFile {
  const name = `acceptance-${dossier.run.id}`
  return format === 'json'
    ? { fileName: `${name}.json`, mediaType: 'application/json', text: `${JSON.stringify(dossier, null, 2)}\n` }
    : { fileName: `${name}.html`, mediaType: 'text/html', text: html(dossier, everyStep) }
}

const styles = `body{max-width:960px;margin:40px auto;padding:0 24px;font:14px/20px 'Segoe UI',system-ui,sans-serif;color:#242424;background:#fff}
h1{font-size:28px;line-height:36px;margin:0}h2{font-size:18px;margin:32px 0 8px}table{width:100%;border-collapse:collapse;font-size:13px;line-height:18px}
th{text-align:left;border-bottom:1px solid #8a8a8a;padding:4px 8px 4px 0;vertical-align:bottom}td{border-bottom:1px solid #e0e0e0;padding:6px 8px 6px 0;vertical-align:top;overflow-wrap:break-word}
small{display:block;color:#5c5c5c;overflow-wrap:anywhere}code{font:12px/18px Consolas,monospace;overflow-wrap:anywhere}.verdict{margin:16px 0;padding:12px 16px;border:1px solid;border-radius:8px}.good{color:#0e700e}.attention{color:#8a3707}
dl{display:flex;flex-wrap:wrap;gap:8px 32px}dl div{max-width:300px;overflow-wrap:anywhere}dt{color:#5c5c5c}dd{margin:0;font-weight:600}dd small{font-weight:400}tr{break-inside:avoid}.line{min-width:160px;height:44px;border-bottom:1px solid #242424}`

function html(dossier: Dossier, everyStep: boolean): string {
  const page = dossierDocument(dossier, (at) => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z'), everyStep)
  const parts = [
    `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>${escape(`${page.title}: ${page.subtitle}`)}</title>\n<style>${styles}</style>\n</head>\n<body>`,
    `<h1>${escape(page.title)}</h1>\n<p>${escape(page.subtitle)}${page.practice ? `. ${escape(dossierPageText.practice)}` : ''}${page.draft ? ` <strong>${escape(dossierPageText.draft)}</strong>` : ''}</p>`,
    `<div class="verdict ${page.verdict.good ? 'good' : 'attention'}"><strong>${escape(page.verdict.text)}</strong><br>${escape(page.verdict.about)}</div>`,
    `<dl>${page.facts.map((fact) => `<div><dt>${escape(fact.title)}</dt><dd>${escape(fact.value)}${fact.notes.map((note) => `<small>${escape(note)}</small>`).join('')}</dd></div>`).join('')}</dl>`,
    ...page.sections.map((section, i) => {
      const title = `<h2 id="${escape(section.id)}">${i + 1} ${escape(section.title)}</h2>`
      if (section.rows.length === 0) return `${title}\n<p>${escape(section.none)}</p>`
      return `${title}\n<table>\n<thead><tr>${section.head.map((word) => `<th>${escape(word)}</th>`).join('')}</tr></thead>\n<tbody>\n${section.rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('\n')}\n</tbody>\n</table>`
    }),
    `<p><small>${escape(dossierPageText.madeFrom(dossier.run.id, dossier.run.graphHash, dossier.run.events))}</small></p>\n</body>\n</html>\n`,
  ]
  return parts.join('\n')
}

function cell({ text, notes = [], mark, mono = false, line = false }: DocumentCell): string {
  if (line) return '<td class="line"></td>'
  const shown = mono ? `<code>${escape(text)}</code>` : escape(text)
  return `<td>${mark === undefined ? shown : `<span class="${mark}">${shown}</span>`}${notes.map((note) => `<small>${escape(note)}</small>`).join('')}</td>`
}

// Names and reasons are what people wrote: none of it may become markup.
function escape(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)
}
