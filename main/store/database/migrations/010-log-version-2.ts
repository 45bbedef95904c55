/** Version 10 of the database: its runs may have logs of version 2. No table changes; an earlier Rollout refuses the file instead of misreading them. */

export const sql = '-- no table changes'
