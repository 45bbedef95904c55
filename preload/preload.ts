/**
 * The bridge between a window and the application: call and onEvent, nothing else. A sandboxed window needs CommonJS.
 */
import { contextBridge, ipcRenderer } from 'electron'
import { channels, type Bridge } from '../domain/contract/bridge.ts'

let last = 0

const bridge: Bridge = {
  call: (method, body) => ipcRenderer.invoke(channels.call, method, body) as Promise<string>,
  onEvent(run, after, onFrame) {
    const stream = ++last
    let open = true
    const next = (): Promise<string | null> => ipcRenderer.invoke(channels.next, stream) as Promise<string | null>
    const follow = async (): Promise<void> => {
      await ipcRenderer.invoke(channels.watch, stream, run, after)
      // The next frame is asked for when this one is done with: a slow window is sent nothing that it cannot take.
      for (let frame = await next(); open && frame !== null; frame = await next()) onFrame(frame)
    }
    void follow()
      .catch(() => undefined)
      .then(() => {
        if (open) onFrame(null)
      })
    return () => {
      open = false
      void ipcRenderer.invoke(channels.unwatch, stream).catch(() => undefined)
    }
  },
}

contextBridge.exposeInMainWorld('rollout', bridge)
