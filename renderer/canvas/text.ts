/** Texts of the map: its zones, its zoom, and what a screen reader says of it. */
export const mapText = {
  region: 'Topology map. Arrow keys move from host to host. Enter opens a host.',
  zoom: 'Zoom',
  zoomOut: 'Zoom out',
  zoomIn: 'Zoom in',
  showAll: 'Show all',
  withKey: (action: string, key: string) => `${action} (${key})`,
  percent: (zoom: number) => `${Math.round(zoom * 100)}%`,
} as const

export const zoneText = {
  servers: 'Server zone',
  workstation: 'This workstation',
  studios: 'Authoring workstations',
  runners: (environment: string) => (environment === '' ? 'Runners' : `Runners · ${environment}`),
  unplaced: 'No component placed',
} as const
