/** Owns the door by which shells copy a database that cannot be opened. */
export { backupStore } from '../../store/backup.ts'
