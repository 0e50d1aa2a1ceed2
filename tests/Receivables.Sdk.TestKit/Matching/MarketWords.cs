namespace Receivables.Sdk.TestKit.Matching;

/// <summary>Words of which names and texts of markets are made: invented families and places, real words of trades and legal forms.</summary>
internal sealed record MarketWords(string[] Families, string[] Trades, string[] Forms, string[] Lead, string[] Thanks, string[] Advance)
{
    /// <summary>Dutch, German, English; then French, Italian, Danish, Spanish.</summary>
    internal static IReadOnlyList<MarketWords> All { get; } =
    [
        new("Jansen|de Vries|van den Berg|Bakker|Visser|Smit|Meijer|Mulder|Bos|Vos|Peters|Hendriks|van Leeuwen|Dekker|Brouwer|de Wit|Dijkstra|Smits|de Graaf|van der Meer".Split('|'),
            "Bouw|Installatie|Transport|Verhuur|Techniek|Schilders|Tuinen|Bakkerij|Advies|Logistiek|Groothandel|Interieur|Metaal|Horeca|Zorg|Media|Automatisering|Kwekerij".Split('|'),
            "B.V.|BV|N.V.|V.O.F.|Holding B.V.||".Split('|'), "Factuur|factuurnr|Fact.|betreft|Uw factuur|nr|Betaling".Split('|'), "bedankt|zie bijlage|betaling facturen||volgens afspraak".Split('|'), "voorschot|aanbetaling".Split('|')),
        new("Müller|Schmidt|Schneider|Fischer|Weber|Wagner|Becker|Schäfer|Köhler|Groß|Krüger|Böhm|Vogel|Jäger|Kaiser|Brandt|Lübke|Höfer|Strauß|Zöller".Split('|'),
            "Maschinenbau|Elektrotechnik|Bäckerei|Handel|Logistik|Metallbau|Gebäudereinigung|Autohaus|Baustoffe|Werkzeuge|Druckerei|Immobilien|Kälte|Holzbau|Sanitär|Pflege|Software|Möbel".Split('|'),
            "GmbH|GmbH & Co. KG|AG|KG|e.K.|OHG||UG (haftungsbeschränkt)".Split('|'), "Rechnung|Rg.Nr.|RE|Re-Nr|Rechn. Nr.|Ihre Rechnung|Zahlung".Split('|'), "vielen Dank|siehe Anlage|Rechnungen|||lt. Avis".Split('|'), "Anzahlung|Vorauszahlung".Split('|')),
        new("Harwood|Ellison|Pembroke|Whitaker|Lockhart|Ashdown|Kendrick|Marlowe|Thornbury|Prescott|Hollis|Calloway|Fairbanks|Wexford|Denholm|Stanmore|Radcliffe|Beaumont|Kingsley|Aldridge".Split('|'),
            "Engineering|Supplies|Foods|Freight|Interiors|Packaging|Plumbing|Textiles|Security|Printing|Roofing|Electrical|Software|Catering|Tools|Motors|Healthcare|Design".Split('|'),
            "Ltd|Limited|LLC|Inc.|PLC|Group Ltd|Corp|".Split('|'), "Invoice|Inv|INV no|payment|ref|Your invoice|bill".Split('|'), "thanks|see attached|invoices|account|payment".Split('|'), "advance|deposit".Split('|')),
        new("Lefèvre|Moreau|Garnier|Fournier|Girard|Rousseau|Blanchet|Chevalier|Perrot|Marchand|Barbier|Dupuis|Renaud|Collin|Gauthier|Lemaître|Bourgeois|Delorme|Vasseur|Picard".Split('|'),
            "Bâtiment|Transports|Électricité|Boulangerie|Menuiserie|Imprimerie|Plomberie|Informatique|Emballages|Nettoyage|Jardins|Mécanique|Hôtellerie|Peinture|Matériaux|Conseil".Split('|'),
            "SARL|SAS|SA|EURL|SASU|".Split('|'), "Facture|Fact|FAC|règlement|Votre facture|paiement".Split('|'), "merci|voir pièce jointe||factures".Split('|'), "acompte|avance".Split('|')),
        new("Rossi|Bianchi|Ferrari|Esposito|Colombo|Ricci|Marino|Greco|Conti|Galli|Fontana|Rinaldi|Caruso|Ferraro|Barbieri|Lombardi|Moretti|Santoro|Vitale|Pellegrini".Split('|'),
            "Costruzioni|Trasporti|Alimentari|Impianti|Meccanica|Arredamenti|Tessuti|Ceramiche|Informatica|Servizi|Logistica|Edilizia|Vini|Stampa|Elettronica|Legnami".Split('|'),
            "S.r.l.|S.p.A.|Srl|S.n.c.|SAS|".Split('|'), "Fattura|Fatt.|saldo fattura|ft|pagamento".Split('|'), "grazie|vedi allegato|fatture||saldo".Split('|'), "acconto|anticipo".Split('|')),
        new("Nielsen|Jørgensen|Østergaard|Sørensen|Kjær|Lund|Mølgaard|Bach|Dahl|Friis|Holm|Krogh|Møller|Nørgaard|Skov|Vestergaard|Winther|Bjerre|Laursen|Thygesen".Split('|'),
            "Byg|Transport|El|Tømrer|VVS|Maskiner|Design|Rengøring|Fisk|Møbler|Auto|Landbrug|Rådgivning|Foder|Stål|Tryk".Split('|'),
            "ApS|A/S|I/S|K/S|".Split('|'), "Faktura|fakturanr|Fakt.|betaling|nr.".Split('|'), "tak|se vedhæftet||fakturaer".Split('|'), "forskud|depositum".Split('|')),
        new("García|Fernández|Martínez|Núñez|Ibáñez|Ortega|Castaño|Muñoz|Herrera|Vázquez|Peña|Serrano|Crespo|Molina|Navarro|Iglesias|Prieto|Cabello|Rubio|Salinas".Split('|'),
            "Construcciones|Transportes|Alimentación|Instalaciones|Talleres|Muebles|Cerámicas|Informática|Servicios|Limpieza|Jardinería|Vinos|Imprenta|Electricidad|Maderas|Hostelería".Split('|'),
            "S.L.|S.A.|SL|S.L.U.|".Split('|'), "Factura|Fra.|pago factura|n.º|abono".Split('|'), "gracias|ver adjunto||facturas".Split('|'), "anticipo|señal".Split('|')),
    ];
}
