using Mono.Cecil;

namespace Ganglion.Conformance.Flow;

/// <summary>From declared types to stack tags.</summary>
internal static class Types
{
    public static Tag TagOf(TypeReference? type)
    {
        if (type is TypeDefinition { IsEnum: true } own)
        {
            return TagOf(own.Fields.First(field => !field.IsStatic).FieldType);
        }

        return type?.MetadataType switch
        {
            MetadataType.Boolean or MetadataType.Char or MetadataType.SByte or MetadataType.Byte or MetadataType.Int16
                or MetadataType.UInt16 or MetadataType.Int32 => Tag.I4,
            MetadataType.UInt32 => Tag.U4,
            MetadataType.Int64 => Tag.I8,
            MetadataType.UInt64 => Tag.U8,
            MetadataType.Single => Tag.R4,
            MetadataType.Double => Tag.R8,
            _ => Tag.Other,
        };
    }

    public static Sign SignOf(TypeReference? type) => type?.MetadataType switch
    {
        MetadataType.Byte or MetadataType.UInt16 or MetadataType.Char or MetadataType.UInt32 or MetadataType.UInt64
            => Sign.NonNegative,
        _ => Sign.Unknown,
    };

    public static Value Fresh(TypeReference? type) => new(TagOf(type)) { Type = type, Sign = SignOf(type) };
}
