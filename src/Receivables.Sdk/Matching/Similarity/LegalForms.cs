using System.Collections.Frozen;

namespace Receivables.Sdk.Matching.Similarity;

/// <summary>Words of names that tell little about who it is: legal forms, and words that very many names have.</summary>
/// <remarks>In the form that <see cref="CharacterFolding.FoldName"/> gives. Gathered from the company laws of the countries named; a closed list is no claim to completeness.</remarks>
internal static class LegalForms
{
    private const string Particles =
        "MR MRS MS DR HR HERR FRAU DHR MEVR MW FAM FAMILIE THE DE DER DIE DAS DEN HET EEN LE LA LES UND AND EN ET E Y I OG OCH VAN VON OF FOR TO THROUGH DBA TA";

    // Benelux; Germany, Austria, Switzerland; France; Italy, Spain, Portugal; Nordics and Baltics; Central and Eastern Europe;
    // United Kingdom, Ireland, United States, Commonwealth; Asia and the Gulf; transliterations.
    private static readonly FrozenSet<string> s_forms = (
        "BV NV VOF CV BVBA SPRL SCRL CVBA SRL MAATSCHAP EENMANSZAK STICHTING VZW ASBL COOPERATIE "
        + "GMBH AG KG OHG GBR UG EV EG EK MBH KGAA HAFTUNGSBESCHRANKT GESELLSCHAFT GESMBH SARL "
        + "SA SAS SASU EURL SNC SCI SCA SOCIETE ANONYME "
        + "SPA SRLS SAPA SL SLU SAU SLL SCOOP LDA LTDA SOCIEDAD LIMITADA ANONIMA UNIPESSOAL EIRELI "
        + "AB HB KB AS ASA ANS APS IS OY OYJ KY OU UAB SIA AKTIEBOLAG AKTIESELSKAB OSAKEYHTIO "
        + "SRO SPOL ZOO SPZOO SPK SPJ DOO DD KFT ZRT NYRT BT OOO ZAO PAO OAO OOD EOD EOOD AD SP "
        + "LTD LIMITED PLC LLC LLP LP INC INCORPORATED CORP CORPORATION CO COMPANY PTY PTE PVT PRIVATE PUBLIC BHD SDN LTEE "
        + "FZE FZCO FZC WLL KK GK YK JSC PJSC TBK PT SE SCE EEIG "
        + Particles).Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_particles = Particles.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_common = (
        "GROUP GROUPE GRUPPE GRUPPO GRUPO GROEP HOLDING HOLDINGS INTERNATIONAL INTL GLOBAL EUROPE EUROPA NEDERLAND NETHERLANDS DEUTSCHLAND GERMANY FRANCE ITALIA ESPANA "
        + "UK USA SERVICE SERVICES SOLUTIONS SOLUTION SYSTEM SYSTEMS SYSTEME TECHNOLOGY TECHNOLOGIES TECHNOLOGIE TECHNIEK TECHNIK TECH INDUSTRIES INDUSTRIE INDUSTRY INDUSTRIAL "
        + "TRADING TRADE HANDEL HANDELS BEHER BEHEER VERWALTUNGS BETEILIGUNGS MANAGEMENT CONSULTING CONSULTANCY ADVIES BERATUNG SUPPLY SUPPLIES PRODUCTS PRODUCTEN PRODUKTE PARTS "
        + "MANUFACTURING MFG DISTRIBUTION LOGISTICS LOGISTIK TRANSPORT BAU BOUW BOW PARTNERS PARTNER ENTERPRISE ENTERPRISES ASSOCIATES CAPITAL INVESTMENTS FINANCE BANK "
        + "MARKETING MEDIA DESIGN STUDIO SHOP STORE WINKEL RETAIL WHOLESALE GROOTHANDEL FOOD FOODS MATERIALS NORTH SOUTH EAST WEST CENTRAL NATIONAL FIRST NEW "
        + "BAKKERIJ BACKEREI RESTAURANT HOTEL GARAGE AUTO PRAXIS KLINIEK VERENIGING CLUB SCHOL GEMENTE CITY STADT ACCOUNTS PAYABLE AP DEPT TREASURY PAYMENT PAYMENTS").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether the word is a legal form, a title or a particle: never evidence by itself.</summary>
    internal static bool IsForm(ReadOnlySpan<char> word) => s_forms.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    /// <summary>Whether the word is a title or particle rather than a legal form.</summary>
    internal static bool IsParticle(ReadOnlySpan<char> word) => s_particles.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    /// <summary>Whether the word is the start of a legal form that is written out.</summary>
    internal static bool IsStartOfForm(ReadOnlySpan<char> word) =>
        "HAFTUNGSBESCHRANKT".AsSpan().StartsWith(word) || "GESELLSCHAFT".AsSpan().StartsWith(word) || "LIMITED".AsSpan().StartsWith(word)
        || "INCORPORATED".AsSpan().StartsWith(word) || "CORPORATION".AsSpan().StartsWith(word) || "COMPANY".AsSpan().StartsWith(word);

    /// <summary>Whether very many names have the word.</summary>
    internal static bool IsCommon(ReadOnlySpan<char> word) => s_common.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);
}
