/** The browser shell refuses everything that is not our own page in a window with our cookie. */
import { connect } from 'node:net'
import { once } from 'node:events'
import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openShell, removeShell, type Ask, type Shell } from './shell.ts'

let shell: Shell
let cookie: string
const base = () => new URL(shell.server.origin)
const home = (more: Partial<Ask> = {}): Ask => ({
  method: 'POST',
  path: '/api/home',
  body: '{}',
  ...more,
  headers: { cookie, ...more.headers },
})

beforeAll(async () => {
  shell = await openShell()
  cookie = await shell.enter()
})
afterAll(async () => {
  await shell.close()
  removeShell(shell)
})

async function raw(text: string): Promise<string> {
  const socket = connect(Number(base().port), '127.0.0.1')
  socket.end(text)
  let answer = ''
  socket.on('data', (chunk: Buffer) => {
    answer += chunk.toString()
  })
  socket.on('error', () => undefined)
  await once(socket, 'close')
  return answer
}

describe('the session', () => {
  test('a link opens one window: its token becomes a cookie that no script reads and no other site sends', async () => {
    const link = new URL(shell.server.newLink())
    const opened = await shell.ask({ path: link.pathname + link.search, headers: { 'sec-fetch-site': 'none' } })
    expect(opened.status).toBe(200)
    expect(opened.headers['set-cookie']).toHaveLength(1)
    const [pair = '', ...attributes] = opened.headers['set-cookie']?.[0]?.split('; ') ?? []
    expect(attributes.toSorted()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Strict'])
    expect(pair).toMatch(new RegExp(`^rollout-${link.port}=[A-Za-z0-9_-]{43}$`))
    expect(opened.body).not.toContain(pair.split('=')[1])
    expect((await shell.ask(home({ headers: { cookie: pair } }))).status).toBe(200)
  })
  test('a token is dead after its use', async () => {
    const link = new URL(shell.server.newLink())
    const path = link.pathname + link.search
    expect((await shell.ask({ path })).headers['set-cookie']).toHaveLength(1)
    const replayed = await shell.ask({ path })
    expect(replayed.status).toBe(401)
    expect(replayed.headers['set-cookie']).toBeUndefined()
    // In a window that has a session already it leads there and makes no other.
    expect((await shell.ask({ path, headers: { cookie } })).headers['set-cookie']).toBeUndefined()
  })
  test('a link followed from elsewhere (a terminal in a web page) opens; nothing else does', async () => {
    const foreign = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }
    const link = new URL(shell.server.newLink())
    expect((await shell.ask({ path: link.pathname + link.search, headers: foreign })).status).toBe(200)
    expect((await shell.ask({ path: '/', headers: { cookie, ...foreign } })).status).toBe(403)
    // A page or a file is read without an Origin, or with ours.
    for (const origin of ['https://evil.example', 'null'])
      expect((await shell.ask({ path: '/', headers: { cookie, origin } })).status).toBe(403)
    expect((await shell.ask({ path: '/', headers: { cookie, origin: shell.server.origin } })).status).toBe(200)
    const second = new URL(shell.server.newLink())
    expect(
      (
        await shell.ask({
          path: second.pathname + second.search,
          headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
        })
      ).status,
    ).toBe(403)
  })
  test.each(['/?token=', '/?token=x', `/?token=${'A'.repeat(43)}`, '/?token=%00', '/?token=__proto__', '/'])(
    '%s opens nothing',
    async (path) => {
      const { status, headers } = await shell.ask({ path })
      expect([status, headers['set-cookie']]).toEqual([401, undefined])
    },
  )
  test('two tabs of one browser attach with the same cookie, two links make two sessions', async () => {
    const other = await shell.enter()
    expect(other).not.toBe(cookie)
    for (const one of [cookie, cookie, other])
      expect((await shell.ask(home({ headers: { cookie: one } }))).status).toBe(200)
  })
  test('a cookie that somebody else set beside ours is not believed', async () => {
    const name = cookie.split('=')[0] ?? ''
    for (const sent of [
      `${name}=x; ${cookie}`,
      `${cookie}; ${name}=x`,
      `${name}=`,
      `${name}=x`,
      `other=${cookie.split('=')[1] ?? ''}`,
      '',
    ])
      expect((await shell.ask(home({ headers: { cookie: sent } }))).status).toBe(401)
  })
})

describe('refused', () => {
  test.each<[string, Partial<Ask>, number]>([
    ['a call without a cookie', { headers: { cookie: '' } }, 401],
    ['a call of a foreign page', { headers: { origin: 'https://evil.example' } }, 403],
    [
      'a call of another port of this machine',
      { headers: { origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-site' } },
      403,
    ],
    ['a call of a sandboxed page', { headers: { origin: 'null' } }, 403],
    ['a call that names no page', { bare: true, headers: { 'content-type': 'application/json' } }, 403],
    ['a call whose browser says that it is foreign', { headers: { 'sec-fetch-site': 'cross-site' } }, 403],
    ['a call by GET', { method: 'GET', body: '' }, 405],
    ['a call by PUT', { method: 'PUT' }, 405],
    [
      'a question before a foreign call',
      {
        method: 'OPTIONS',
        body: '',
        headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
      },
      405,
    ],
    ['a form', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415],
    ['plain text, which needs no leave to be sent', { headers: { 'content-type': 'text/plain' } }, 415],
    ['no type', { bare: true, headers: { origin: 'ORIGIN' } }, 415],
    ['a huge body', { body: Buffer.alloc((1 << 20) + 1, 'x') }, 413],
    [
      'a huge body that does not say its size',
      { body: Buffer.alloc(1 << 21, 'x'), headers: { 'transfer-encoding': 'chunked' } },
      413,
    ],
    ['a body that is no text', { body: Buffer.from([0xff, 0xfe, 0x80]) }, 413],
  ])('%s', async (_name, more, status) => {
    const headers =
      more.headers?.['origin'] === 'ORIGIN' ? { ...more.headers, origin: shell.server.origin } : more.headers
    const answer = await shell.ask(home({ ...more, ...(headers ? { headers } : {}) }))
    expect(answer.status).toBe(status)
    expect(answer.body).not.toContain('attention')
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
  })

  test.each([
    'localhost:PORT',
    '127.0.0.1',
    '127.0.0.1:1',
    '127.0.0.1.:PORT',
    'evil.example',
    'evil.example:PORT',
    '127.0.0.1.nip.example:PORT',
    '[::1]:PORT',
    '0.0.0.0:PORT',
    '2130706433:PORT',
    '127.1:PORT',
    ' 127.0.0.1:PORT@evil',
    '',
  ])('Host "%s" on every path, whatever else is right', async (written) => {
    const host = written.replace('PORT', base().port)
    for (const ask of [
      home(),
      { path: '/', headers: { cookie } },
      { path: '/events?run=r&after=0', headers: { cookie } },
    ] satisfies Ask[])
      expect([400, 403]).toContain((await shell.ask({ ...ask, headers: { ...ask.headers, host } })).status)
  })
  test('two Hosts, no Host, another host in the request line', async () => {
    const { host } = base()
    for (const request of [
      `GET / HTTP/1.1\r\nHost: ${host}\r\nHost: evil.example\r\nCookie: ${cookie}\r\n\r\n`,
      `GET / HTTP/1.1\r\nCookie: ${cookie}\r\n\r\n`,
      `GET / HTTP/1.0\r\nCookie: ${cookie}\r\n\r\n`,
      `GET http://evil.example/ HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\n\r\n`,
      `CONNECT evil.example:80 HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
      'nonsense\r\n\r\n',
    ])
      expect(await raw(request)).not.toMatch(/^HTTP\/1\.1 2/)
  })
  test('a request smuggled behind two lengths', async () => {
    expect(
      await raw(
        `POST /api/home HTTP/1.1\r\nHost: ${base().host}\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\nCookie: ${cookie}\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: ${base().host}\r\nCookie: ${cookie}\r\n\r\n`,
      ),
    ).not.toMatch(/HTTP\/1\.1 2/)
  })

  test.each([
    '/../outside.js',
    '/assets/../../outside.js',
    '/%2e%2e/outside.js',
    '/assets/%2e%2e%2f%2e%2e%2foutside.js',
    '/..%5coutside.js',
    '/..\\outside.js',
    '//outside.js',
    '/assets/',
    '/assets',
    '/index.html',
    '/index.html%00.js',
    '/__proto__',
    '/etc/passwd',
    '/rollout.db',
    '/vault.json',
  ])('path %s leads nowhere', async (path) => {
    expect((await shell.ask({ path, headers: { cookie } })).status).toBe(404)
    expect(
      await raw(`GET ${path} HTTP/1.1\r\nHost: ${base().host}\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`),
    ).not.toMatch(/^HTTP\/1\.1 2/)
  })
  test('files without a cookie, and files that another site embeds', async () => {
    expect((await shell.ask({ path: '/assets/main-abc123.js' })).status).toBe(401)
    expect(
      (
        await shell.ask({
          path: '/assets/main-abc123.js',
          headers: { cookie, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
        })
      ).status,
    ).toBe(403)
    expect(
      (
        await shell.ask({
          path: '/assets/main-abc123.js',
          headers: { cookie, 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' },
        })
      ).status,
    ).toBe(403)
    expect((await shell.ask({ path: '/', method: 'POST', headers: { cookie } })).status).toBe(405)
  })
  test('a stream without a cookie, of a foreign page, of a page that is not known, or with a nonsense place', async () => {
    const of = (headers: Ask['headers'], path = '/events?run=r&after=0', bare = false) =>
      shell.ask({ path, headers: { cookie, ...headers }, bare }).then(({ status }) => status)
    expect(await of({ cookie: '' })).toBe(401)
    expect(await of({ origin: 'https://evil.example' })).toBe(403)
    expect(await of({ 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await of({ 'sec-fetch-site': 'same-site' })).toBe(403)
    expect(await of({}, undefined, true)).toBe(403)
    for (const path of [
      '/events',
      '/events?run=',
      '/events?run=r&after=x',
      '/events?run=r&after=-1',
      '/events?run=r&after=1e99',
      `/events?run=${'r'.repeat(300)}`,
    ])
      expect(await of({}, path)).toBe(400)
    expect((await shell.ask({ method: 'POST', path: '/events?run=r', headers: { cookie } })).status).toBe(405)
  })
  test('a method that is none is a reply, not a hole', async () => {
    for (const name of ['nothing', '../home', 'constructor', ''])
      expect((await shell.ask(home({ path: `/api/${name}` }))).body).toContain('unknown-method')
  })
})

test('nothing listens beyond 127.0.0.1', async () => {
  const others = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter((one) => !one.internal && one.family === 'IPv4')
    .map((one) => one.address)
  for (const host of [...others, '127.0.0.2']) {
    const socket = connect({ host, port: Number(base().port), timeout: 2000 })
    const outcome = await Promise.race([
      once(socket, 'connect').then(() => 'connected'),
      once(socket, 'timeout').then(() => 'silent'),
    ]).catch(() => 'refused')
    socket.destroy()
    expect(outcome).not.toBe('connected')
  }
})

describe('every answer', () => {
  test.each(['/', '/assets/main-abc123.js', '/nothing', '/?token=x', '/events?run=', '/api/home'])(
    'to %s says what the page may do, and to nobody else',
    async (path) => {
      const method = path.startsWith('/api/') ? 'POST' : 'GET'
      for (const headers of [{ cookie }, { cookie: '' }]) {
        const answer = await shell.ask({ method, path, headers, ...(method === 'POST' ? { body: '{}' } : {}) })
        const policy = new Map(
          String(answer.headers['content-security-policy'])
            .split('; ')
            .map((part) => [part.split(' ')[0], part.split(' ').slice(1)]),
        )
        expect(policy.get('default-src')).toEqual(["'none'"])
        expect(policy.get('script-src')).toEqual(["'self'"])
        expect(policy.get('style-src')).toEqual(["'self'", "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"])
        expect(policy.get('connect-src')).toEqual(["'self'"])
        for (const none of ['frame-ancestors', 'base-uri', 'form-action']) expect(policy.get(none)).toEqual(["'none'"])
        expect(String(answer.headers['content-security-policy'])).not.toMatch(/unsafe|\*|http/)
        expect(answer.headers).toMatchObject({
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
          'cross-origin-opener-policy': 'same-origin',
          'cross-origin-resource-policy': 'same-origin',
        })
        expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
        if (!(path.startsWith('/assets/') && answer.status === 200))
          expect(answer.headers['cache-control']).toBe('no-store')
      }
    },
  )
  test('screens come with their type, and only hashed ones are kept by the browser', async () => {
    expect(await shell.ask({ path: '/', headers: { cookie } })).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
    })
    expect(await shell.ask({ path: '/assets/main-abc123.js', headers: { cookie } })).toMatchObject({
      status: 200,
      body: 'export {}',
      headers: {
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': 'private, max-age=31536000, immutable',
      },
    })
    expect(await shell.ask({ method: 'HEAD', path: '/assets/main-abc123.js', headers: { cookie } })).toMatchObject({
      status: 200,
      body: '',
    })
  })
})
