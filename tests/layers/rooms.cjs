/** Which room of a folder may import which others of it. No room imports one that lists it. */
const domain = {
  base: [],
  plan: ['base'],
  remote: ['base', 'plan'],
  network: ['base', 'plan'],
  doctor: ['base', 'remote'],
  graph: ['base', 'plan', 'network'],
  run: ['base', 'plan', 'remote', 'graph'],
  checks: ['base', 'plan', 'remote', 'network', 'doctor'],
  acceptance: ['base', 'plan', 'graph', 'run', 'checks'],
  contract: ['base', 'plan', 'remote', 'network', 'doctor', 'graph', 'run', 'checks', 'acceptance'],
}

const app = {
  workstation: [],
  secrets: [],
  practice: ['workstation'],
  core: ['workstation', 'secrets', 'practice'],
  service: ['workstation', 'secrets', 'practice', 'core'],
}

const base = ['client', 'status', 'theme', 'shared']
const tools = [...base, 'navigation', 'canvas']
const renderer = {
  client: [],
  status: [],
  theme: [],
  shared: ['client', 'status', 'theme'],
  guide: base,
  help: [...base, 'guide'],
  navigation: [...base, 'help'],
  canvas: base,
  plan: tools,
  survey: [...tools, 'plan'],
  topology: [...tools, 'plan', 'survey'],
  rollout: [...tools, 'plan', 'survey'],
  acceptance: [...tools, 'plan', 'rollout'],
  home: tools,
  history: [...tools, 'plan', 'home'],
  settings: [...tools, 'plan', 'home', 'history'],
  frame: [...tools, 'guide', 'help', 'plan', 'survey'],
}

/** Every room, by the folder that holds it: [folder, room, the rooms it may import]. */
const rooms = [
  ['domain', domain],
  ['main/app', app],
  ['renderer', renderer],
].flatMap(([folder, plan]) => Object.entries(plan).map(([room, allowed]) => [folder, room, allowed]))

/** The name of the rule that guards a room. */
const ruleOf = (folder, room) => `${folder.replace('/', '-')}-${room}-looks-down`

const roomRules = rooms.map(([folder, room, allowed]) => ({
  name: ruleOf(folder, room),
  comment: `${folder}/${room}/ may import of ${folder}/: ${allowed.join(', ') || 'nothing but itself'}. Move what both need to a lower room.`,
  severity: 'error',
  from: { path: `^${folder}/${room}/` },
  to: {
    path: `^${folder}/`,
    pathNot: [room, ...allowed].map((other) => `^${folder}/${other}/`),
  },
}))

/** An import that each rule must refuse: the room's file and the file of a room it may not see. */
const roomOffences = rooms.flatMap(([folder, room, allowed]) => {
  const above = rooms.find(([top, other]) => top === folder && other !== room && !allowed.includes(other))
  return above === undefined ? [] : [[ruleOf(folder, room), folder, room, above[1]]]
})

module.exports = { rooms, roomRules, roomOffences }
