import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { connect } from '../../../../main/transports/ssh/connect.ts'
import { standardLimits } from '../../../../main/transports/ssh/limits.ts'
import { createSignIns } from '../../../../main/transports/shared/sign-ins.ts'
import { startPasswordServer } from './password-server.ts'
import { patient } from './reach.ts'

describe('writes of an ssh connection', () => {
  test('those of one turn leave in one piece, and nothing is held back after it', async () => {
    const server = await startPasswordServer('password')
    const { client, socket } = await connect({
      peer: { name: 'H1', address: '127.0.0.1', port: server.port },
      credential: { kind: 'password', user: 'operator', password: 'right' },
      signIns: createSignIns(),
      agentSocket: undefined,
      expectation: { revoked: new Set() },
      limits: standardLimits,
      signal: patient(),
      onFirstSight: () => undefined,
    })
    for (let turn = 0; turn < 2; turn++) {
      client.exec('anything', () => undefined)
      // Without gathering the first piece has left by now.
      expect([socket.writableCorked, socket.writableLength > 0]).toEqual([1, true])
      await new Promise((resolve) => setImmediate(resolve))
      expect([socket.writableCorked, socket.writableLength]).toEqual([0, 0])
    }
    client.end()
    await once(socket, 'close')
    await server.stop()
  })
})
