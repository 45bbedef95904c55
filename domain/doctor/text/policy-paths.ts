/** Where Group Policy keeps the settings that the remedies name. */

export const templates = 'Computer Configuration > Policies > Administrative Templates'
export const security = 'Computer Configuration > Policies > Windows Settings > Security Settings'
export const preferences = 'Computer Configuration > Preferences > Windows Settings > Registry'
export const winrmService = `${templates} > Windows Components > Windows Remote Management (WinRM) > WinRM Service`
export const remoteShell = `${templates} > Windows Components > Windows Remote Shell`
