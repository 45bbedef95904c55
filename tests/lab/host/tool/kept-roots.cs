// Owns that a lab host keeps the root certificates that are added to it, and is rid of those that are removed, as Windows is.
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Win32;

namespace Lab;

/// Before its first look at the machine's roots, each process of Wine makes them those of Linux: every change is undone. It leaves that to
/// another process where Wine's semaphore says that one is at it. From a host's boot to its end the semaphore is there, and says so.
public static class KeptRoots
{
    private const string Semaphore = @"\Sessions\1\BaseNamedObjects\crypt32_root_semaphore";
    private const string Roots = @"Software\Microsoft\SystemCertificates\Root\Certificates";
    private const uint FullAccess = 0x1F0003;
    // OBJ_PERMANENT: it outlives this process.
    private const uint Permanent = 0x10;

    public static int Run()
    {
        // The first boot: this look gives the host the roots of Linux, as Windows comes with some.
        if (Registry.LocalMachine.OpenSubKey(Roots) is null)
            using (var store = new X509Store(StoreName.Root, StoreLocation.LocalMachine)) store.Open(OpenFlags.ReadOnly);
        var name = Allocate(new UnicodeString { Length = (ushort)(Semaphore.Length * 2), MaximumLength = (ushort)(Semaphore.Length * 2), Buffer = Marshal.StringToHGlobalUni(Semaphore) });
        var attributes = new ObjectAttributes { Length = Marshal.SizeOf<ObjectAttributes>(), Name = name, Attributes = Permanent };
        var status = NtCreateSemaphore(out _, FullAccess, ref attributes, 1, 1);
        return status == 0 ? 0 : throw new Win32Exception($"The roots of this host cannot be kept: NtCreateSemaphore answered 0x{status:x8}.");
    }

    private static IntPtr Allocate(UnicodeString text)
    {
        var memory = Marshal.AllocHGlobal(Marshal.SizeOf<UnicodeString>());
        Marshal.StructureToPtr(text, memory, false);
        return memory;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct UnicodeString { public ushort Length, MaximumLength; public IntPtr Buffer; }

    [StructLayout(LayoutKind.Sequential)]
    private struct ObjectAttributes
    {
        public int Length;
        public IntPtr RootDirectory, Name;
        public uint Attributes;
        public IntPtr SecurityDescriptor, SecurityQualityOfService;
    }

    [DllImport("ntdll")] private static extern int NtCreateSemaphore(out IntPtr handle, uint access, ref ObjectAttributes attributes, int count, int most);
}
