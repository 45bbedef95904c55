/** The namespaces, actions and URIs of WS-Management as Windows speaks it (MS-WSMV 2.2.1 and 2.2.4). */

export const soap = 'http://www.w3.org/2003/05/soap-envelope'
export const addressing = 'http://schemas.xmlsoap.org/ws/2004/08/addressing'
export const wsman = 'http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd'
export const microsoft = 'http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd'
export const shell = 'http://schemas.microsoft.com/wbem/wsman/1/windows/shell'
export const transfer = 'http://schemas.xmlsoap.org/ws/2004/09/transfer'
export const config = 'http://schemas.microsoft.com/wbem/wsman/1/config'
export const wsmanFault = 'http://schemas.microsoft.com/wbem/wsman/1/wsmanfault'
export const wmiError = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/MSFT_WmiError'
/** Not `identify/1`, a common mistake. */
export const identity = 'http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd'

export const anonymous = `${addressing}/role/anonymous`
/** The resource of a shell that runs commands. */
export const commandShell = `${shell}/cmd`

export const actions = {
  create: `${transfer}/Create`,
  delete: `${transfer}/Delete`,
  get: `${transfer}/Get`,
  command: `${shell}/Command`,
  receive: `${shell}/Receive`,
  send: `${shell}/Send`,
  signal: `${shell}/Signal`,
} as const

export const signals = { interrupt: `${shell}/signal/ctrl_c`, terminate: `${shell}/signal/Terminate` } as const

/** The prefix of State; Pending, Running or Done follows. */
export const commandState = `${shell}/CommandState/`
