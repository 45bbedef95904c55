/** Drive D: of a lab host: a small disk that can be filled. It goes with the host. */
import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { mountSmallDisk, type SmallDisk } from '../suites/transport/small-disk.ts'

/** The folder that drive D: of a host shows, where it has one. */
export const driveDOf = (hostFolder: string): string => join(hostFolder, 'drive_d')

/** Gives a host that is up a drive D: of that many bytes. */
export async function addDriveD(
  { folder, prefix }: { readonly folder: string; readonly prefix: string },
  bytes: number,
): Promise<SmallDisk> {
  const disk = mountSmallDisk(driveDOf(folder), bytes, 'D:\\Exekra Röllout')
  await symlink(driveDOf(folder), join(prefix, 'dosdevices', 'd:'))
  return disk
}
