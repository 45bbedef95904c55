/** The themes: Fluent's, with the few colours it lacks. Each extra key becomes a CSS variable of the same name. */
import { teamsHighContrastTheme, webDarkTheme, webLightTheme, type Theme } from '@fluentui/react-components'

export const themeChoices = ['system', 'light', 'dark', 'contrast'] as const
export type ThemeChoice = (typeof themeChoices)[number]
export type ThemeName = Exclude<ThemeChoice, 'system'>

const fonts = {
  fontFamilyBase: "'Segoe UI Variable Text', 'Segoe UI', 'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "'Cascadia Mono', 'Cascadia Code Variable', Consolas, ui-monospace, monospace",
}

/** Colours by state: `Fg` for glyph and text, `Bg` and `Line` for tags, tiles and open findings. */
interface OwnColours {
  readonly line: string
  readonly lineTable: string
  readonly canvas: string
  readonly canvasDots: string
  readonly selection: string
  /**
   * Under the pointer, and where the person is: the text on them stays as it is, which Fluent's own do not promise in
   * high contrast.
   */
  readonly hover: string
  readonly current: string
  readonly quietFg: string
  readonly waitingBg: string
  readonly activeBg: string
  readonly activeLine: string
  readonly doneFg: string
  readonly doneBg: string
  readonly doneLine: string
  readonly warnFg: string
  readonly warnBg: string
  readonly warnLine: string
  readonly failedFg: string
  readonly failedBg: string
  readonly failedLine: string
  readonly unreachableFg: string
  readonly unreachableBg: string
  readonly unreachableLine: string
  readonly practiceLine: string
  readonly codeBg: string
  readonly glyphInk: string
}

const light: OwnColours = {
  line: webLightTheme.colorNeutralStroke2,
  lineTable: webLightTheme.colorNeutralStroke3,
  canvas: '#f7f8f9',
  canvasDots: '#d9dce1',
  selection: webLightTheme.colorBrandBackground2,
  hover: webLightTheme.colorSubtleBackgroundHover,
  current: webLightTheme.colorSubtleBackgroundPressed,
  quietFg: webLightTheme.colorNeutralForeground3,
  waitingBg: webLightTheme.colorNeutralBackground4,
  activeBg: webLightTheme.colorBrandBackground2,
  activeLine: webLightTheme.colorBrandStroke2,
  doneFg: webLightTheme.colorStatusSuccessForeground3,
  doneBg: webLightTheme.colorStatusSuccessBackground1,
  doneLine: webLightTheme.colorStatusSuccessBorder1,
  warnFg: webLightTheme.colorStatusWarningForeground3,
  warnBg: webLightTheme.colorStatusWarningBackground1,
  warnLine: webLightTheme.colorStatusWarningBorder1,
  failedFg: webLightTheme.colorStatusDangerForeground3,
  failedBg: webLightTheme.colorStatusDangerBackground1,
  failedLine: webLightTheme.colorStatusDangerBorder1,
  unreachableFg: webLightTheme.colorPalettePurpleBorderActive,
  unreachableBg: '#f6f1fb',
  unreachableLine: '#c6b1de',
  practiceLine: '#8764b8',
  codeBg: '#f5f5f5',
  glyphInk: '#ffffff',
}

// Fluent's own dark status backgrounds shout on large areas.
const dark: OwnColours = {
  line: '#3b3b3b',
  lineTable: '#333333',
  canvas: '#1a1a1a',
  canvasDots: '#2e2e2e',
  selection: '#11324f',
  hover: webDarkTheme.colorSubtleBackgroundHover,
  current: webDarkTheme.colorSubtleBackgroundPressed,
  quietFg: '#a3a3a3',
  waitingBg: '#333333',
  activeBg: '#182d42',
  activeLine: '#2b5680',
  doneFg: '#6cc06c',
  doneBg: '#22301f',
  doneLine: '#3d5c39',
  warnFg: '#faa06b',
  warnBg: '#382a20',
  warnLine: '#6b4a33',
  failedFg: '#f2737f',
  failedBg: '#3a2427',
  failedLine: '#7a3d44',
  unreachableFg: '#c9a9ee',
  unreachableBg: '#2a1d3a',
  unreachableLine: '#5a437a',
  practiceLine: '#8764b8',
  codeBg: '#1b1b1b',
  glyphInk: '#1f1f1f',
}

const white = '#ffffff'
const black = '#000000'
const chosen = '#00414d'
const contrast: OwnColours = {
  line: white,
  lineTable: white,
  canvas: black,
  canvasDots: black,
  selection: chosen,
  hover: '#333333',
  current: chosen,
  quietFg: white,
  waitingBg: black,
  activeBg: chosen,
  activeLine: white,
  doneFg: white,
  doneBg: black,
  doneLine: white,
  warnFg: white,
  warnBg: black,
  warnLine: white,
  failedFg: white,
  failedBg: black,
  failedLine: white,
  unreachableFg: white,
  unreachableBg: black,
  unreachableLine: white,
  practiceLine: '#c9a9ee',
  codeBg: black,
  glyphInk: black,
}

/** Every theme by its name. */
export const themes: Readonly<Record<ThemeName, Theme & OwnColours>> = {
  light: { ...webLightTheme, ...fonts, ...light },
  dark: { ...webDarkTheme, ...fonts, ...dark },
  contrast: { ...teamsHighContrastTheme, ...fonts, ...contrast },
}
