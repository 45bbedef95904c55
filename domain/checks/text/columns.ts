/** Heads and titles of the columns of the survey matrix. */
export const columnText = {
  reach: { head: 'Reach', title: 'Reach' },
  rights: { head: 'Rights', title: 'Administrator rights' },
  edition: { head: 'Edition', title: 'Edition of Windows' },
  shell: { head: 'Shell', title: 'PowerShell' },
  bits: { head: '64-bit', title: 'Architecture' },
  restart: { head: 'Restart', title: 'Pending restart' },
  disk: { head: 'Disk', title: 'Free disk' },
  clock: { head: 'Clock', title: 'Clock' },
  name: { head: 'Name', title: 'Name of the machine' },
  ports: { head: 'Ports', title: 'Ports in use' },
  services: { head: 'Services', title: 'Services' },
  paths: { head: 'Paths', title: 'Network paths from this host' },
} as const
