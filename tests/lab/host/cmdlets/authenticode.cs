// Owns Get-AuthenticodeSignature for PE files: the hash in the signature, the signature itself, the chain; other formats are refused.
using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Management.Automation;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Lab.Cmdlets;

[Cmdlet(VerbsCommon.Get, "AuthenticodeSignature")]
public sealed class GetAuthenticodeSignature : LabCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "ByPath", ValueFromPipeline = true)] public string[] FilePath { get; set; } = [];
    [Parameter(Mandatory = true, ParameterSetName = "ByLiteralPath", ValueFromPipelineByPropertyName = true), Alias("PSPath")] public string[] LiteralPath { get => FilePath; set => FilePath = value; }

    protected override void ProcessRecord()
    {
        foreach (var given in FilePath)
        {
            Attempt(given, ErrorCategory.ReadError, () =>
            {
                var path = DiskPath(given);
                if (!File.Exists(path)) throw new ItemNotFoundException($"Cannot find path '{path}' because it does not exist.");
                var (status, signer) = Authenticode.Check(File.ReadAllBytes(path));
                var made = new PSObject();
                made.Properties.Add(new PSNoteProperty("SignerCertificate", signer));
                made.Properties.Add(new PSNoteProperty("TimeStamperCertificate", null));
                made.Properties.Add(new PSNoteProperty("Status", status));
                made.Properties.Add(new PSNoteProperty("StatusMessage", status.ToString()));
                made.Properties.Add(new PSNoteProperty("Path", path));
                made.Properties.Add(new PSNoteProperty("SignatureType", status == SignatureStatus.NotSigned ? "None" : "Authenticode"));
                WriteObject(made);
            });
        }
    }
}

public static class Authenticode
{
    public static (SignatureStatus, X509Certificate2?) Check(byte[] file)
    {
        // Real Windows also reads MSI, CAB, scripts and catalogues. A guess about those would be worse than a refusal.
        if (file.Length < 0x40 || file[0] != 'M' || file[1] != 'Z') throw new NotSupportedException("The lab reads the signatures of PE files only.");
        var header = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(0x3c));
        var optional = header + 24;
        var wide = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(optional)) == 0x20b;
        var checksum = optional + 64;
        var entry = optional + (wide ? 112 : 96) + 4 * 8;
        var at = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(entry));
        var size = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(entry + 4));
        if (size == 0) return (SignatureStatus.NotSigned, null);
        var length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at));
        var signed = new SignedCms();
        signed.Decode(file.AsSpan(at + 8, length - 8));
        var signer = signed.SignerInfos[0].Certificate;
        var (algorithm, digest) = ReadDigest(signed.ContentInfo.Content);
        using var hash = IncrementalHash.CreateHash(algorithm);
        // The three places that signing itself changes are left out.
        hash.AppendData(file.AsSpan(0, checksum));
        hash.AppendData(file.AsSpan(checksum + 4, entry - checksum - 4));
        hash.AppendData(file.AsSpan(entry + 8, at - entry - 8));
        hash.AppendData(file.AsSpan(at + size));
        if (!hash.GetHashAndReset().AsSpan().SequenceEqual(digest)) return (SignatureStatus.HashMismatch, signer);
        try { signed.CheckSignature(verifySignatureOnly: true); }
        catch (CryptographicException) { return (SignatureStatus.HashMismatch, signer); }
        using var chain = new X509Chain { ChainPolicy = { RevocationMode = X509RevocationMode.NoCheck } };
        chain.ChainPolicy.ExtraStore.AddRange(signed.Certificates);
        return (signer is not null && chain.Build(signer) ? SignatureStatus.Valid : SignatureStatus.UnknownError, signer);
    }

    /// SpcIndirectDataContent: the data, then the digest with its algorithm.
    private static (HashAlgorithmName, byte[]) ReadDigest(byte[] content)
    {
        var whole = new AsnReader(content, AsnEncodingRules.BER).ReadSequence();
        whole.ReadSequence();
        var info = whole.ReadSequence();
        var algorithm = info.ReadSequence().ReadObjectIdentifier();
        return (new Oid(algorithm).FriendlyName?.ToUpperInvariant() switch
        {
            "SHA1" => HashAlgorithmName.SHA1, "SHA256" => HashAlgorithmName.SHA256, "SHA384" => HashAlgorithmName.SHA384, "SHA512" => HashAlgorithmName.SHA512,
            _ => throw new NotSupportedException($"The lab does not know the digest {algorithm}."),
        }, info.ReadOctetString());
    }
}
