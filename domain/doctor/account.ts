/** Accounts of hosts and domains, by the spelling of their names. */

/** The name of an account without its domain. */
export function accountIn(user: string): string {
  return user.replace(/^.*\\/s, '')
}

/**
 * What finds an account in the directory, by its name or by its user principal name (RFC 4515 section 3 says what is
 * escaped).
 */
export function filterFor(user: string): string {
  const name = accountIn(user).replace(
    /[\0()*\\]/g,
    (character) => `\\${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  )
  return `(&(objectCategory=person)(|(sAMAccountName=${name})(userPrincipalName=${name})))`
}
