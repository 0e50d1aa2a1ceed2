using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.Text;
using Xunit;

namespace Receivables.Sdk.Tests.Text;

public class SourceTextTests
{
    private static Encoding Page(int codePage) => CodePagesEncodingProvider.Instance.GetEncoding(codePage)!;

    private static async Task<(SourceText Source, string Text)> Open(byte[] file, int chunk, TextEncoding? hint = null, bool transcodes = true)
    {
        var pipe = Chunks.Pipe(file, chunk);
        var (start, isWhole) = await SourceText.PeekAsync(pipe, default);
        var source = await SourceText.OpenAsync(pipe, start, isWhole, hint, transcodes, default);
        var window = new PipeWindow(source.Reader, 16);
        var bytes = new List<byte>();
        do
        {
            bytes.AddRange(window.Span);
            window.Consume(window.Span.Length);
        }
        while (await window.FillAsync(default));
        window.Release();
        return (source, transcodes ? Encoding.UTF8.GetString([.. bytes]) : source.Decoder.Decode([.. bytes]));
    }

    public static TheoryData<int, string> Samples => new()
    {
        { 65001, "Datum;Betrag\r\nÜberweisung Müller;1,00" },
        { 1252, "Datum;Betrag\r\nÜberweisung Müller, Straße;1,00 € – fällig" },
        { 1252, "Date;Libellé;Débit euros\nVirement reçu de Hélène Lefèvre à Orléans" },
        { 1252, "Bokföringsdag;Belopp\nÅke Sjöström, Malmö" },
        { 1252, "Dato;Beløb;Afstemt\nKøbenhavn Rødovre Ærø" },
        { 1250, "#Data operacji;#Opis operacji;#Tytuł\nPRZELEW ŚRODKÓW Łódź żółć" },
        { 1250, "Datum zaúčtování;Částka;Příkazce\nČeská spořitelna, Jiří Dvořák, Plzeň, důchod" },
        { 852, "Überweisung Müller, Jägersteig, Größe, Straße" },
        { 852, "Částka;Příkazce;Žižkov;Plzeň" },
        { 54936, "交易时间,交易分类,交易对方,金额\n2024-01-01,餐饮美食,某某商店,12.00" },
        { 932, "取引日,入出金(円),取引後残高(円),入出金内容\n20260302,1000,1000,普通預金 ヤマダ タロウ" },
        { 932, "ｶ)ｻﾝﾌﾟﾙ,振込入金,請求書 17" },
        { 1251, "Дата операции;Сумма;Описание\nПеревод от Ивана Петрова, счёт № 17" },
        { 1251, "ДАТА;СУММА\nООО «Ромашка»" },
        { 1200, "Datum;Betrag;Empfänger\nMüller;1,00;ß" },
        { 1201, "Datum;Betrag;Empfänger\nMüller;1,00;ß" },
        { 1200, "交易时间,金额\n2024-01-01,12.00\n2024-01-02,13.00" },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Every_encoding_is_told_by_what_stands_in_the_file_wherever_it_is_cut(int codePage, string text)
    {
        var file = codePage == 65001 ? Encoding.UTF8.GetBytes(text) : codePage switch
        {
            1200 => Encoding.Unicode.GetBytes(text),
            1201 => Encoding.BigEndianUnicode.GetBytes(text),
            _ => Page(codePage).GetBytes(text),
        };
        foreach (var chunk in Chunks.Sizes)
        {
            var (source, read) = await Open(file, chunk);
            Assert.Equal((codePage, text), (source.Encoding.CodePage, read));
            Assert.Equal(0, source.UndecodableCount);
            Assert.Equal(file.Length, source.SourceLength(Encoding.UTF8.GetBytes(read)));
        }
    }

    [Fact]
    public async Task A_byte_order_mark_is_skipped_and_wins_over_a_hint()
    {
        foreach (var encoding in new[] { Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            byte[] file = [.. encoding.GetPreamble(), .. encoding.GetBytes("a;ü\n")];
            var (source, text) = await Open(file, 1, TextEncoding.Cp852);
            Assert.Equal("a;ü\n", text);
            Assert.Equal(encoding.GetPreamble().Length, source.MarkLength);
        }
    }

    [Fact]
    public async Task A_hint_wins_where_only_letters_speak_and_loses_to_valid_utf8()
    {
        Assert.Equal("Müller", (await Open(Page(852).GetBytes("Müller"), 0, TextEncoding.Cp852)).Text);
        Assert.Equal("Müller", (await Open(Encoding.UTF8.GetBytes("Müller"), 0, TextEncoding.Windows1252)).Text);
        Assert.Equal("中文", (await Open(Page(54936).GetBytes("中文"), 0, TextEncoding.Gb18030)).Text);
        Assert.Equal("Muller", (await Open("Muller"u8.ToArray(), 0, TextEncoding.Utf16LittleEndian)).Text);
    }

    [Fact]
    public async Task Bytes_that_are_no_character_are_counted_and_placed()
    {
        byte[] damaged = [.. Page(54936).GetBytes("交易时间,交易分类,"), 0xFF, .. Page(54936).GetBytes("交易对方,商品说明,金额\n")];
        var (source, text) = await Open(damaged, 3);
        Assert.Equal("交易时间,交易分类,\uFFFD交易对方,商品说明,金额\n", text);
        Assert.Equal((1, 26), (source.UndecodableCount, source.FirstUndecodable));
        Assert.Equal(damaged.Length, source.SourceLength(Encoding.UTF8.GetBytes(text)));

        (source, text) = await Open([.. Encoding.Unicode.GetBytes("ab;cd\n"), 0x41], 3);
        Assert.Equal("ab;cd\n\uFFFD", text);
        Assert.Equal((1, 6), (source.UndecodableCount, source.FirstUndecodable));
    }

    [Fact]
    public void A_field_is_read_as_utf8_where_it_is_and_by_the_page_where_it_is_not()
    {
        var decoder = new TextDecoder(TextEncoding.Utf8);
        Assert.Equal("Müller", decoder.Decode("Müller"u8, out var isFallback));
        Assert.False(isFallback);
        Assert.Equal("Müller", decoder.Decode([(byte)'M', 0xFC, .. "ller"u8], out isFallback));
        Assert.True(isFallback);
        Assert.Equal("Łódź", new TextDecoder(TextEncoding.Windows1250).Decode(Page(1250).GetBytes("Łódź"), out isFallback));
        Assert.False(isFallback);
    }

    [Fact]
    public void Any_bytes_under_any_claim_are_read_the_same_wherever_they_are_cut() => Law.ForAll(
        from bytes in Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf()
        from name in Gen.Elements("utf-8", "utf-16", "iso-8859-1", "cp852", "gb18030", "windows-1250")
        from chunk in Gen.Choose(1, 9)
        select (bytes, name, chunk),
        x =>
        {
            Assert.True(TextEncoding.TryParse(x.name, out var hint));
            var whole = Open(x.bytes, 0, hint).GetAwaiter().GetResult();
            var cut = Open(x.bytes, x.chunk, hint).GetAwaiter().GetResult();
            Assert.Equal(whole.Text, cut.Text);
            Assert.Equal(whole.Source.UndecodableCount, cut.Source.UndecodableCount);
        },
        300);

    [Fact]
    public async Task A_pipe_of_small_segments_is_peeked_without_being_consumed()
    {
        var file = Encoding.ASCII.GetBytes(new string('x', 200_000));
        var pipe = PipeReader.Create(Chunks.Sequence(file, 1000));
        var (start, isWhole) = await SourceText.PeekAsync(pipe, default);
        Assert.Equal((SourceText.PeekLength, false), (start.Length, isWhole));
        Assert.Equal(file.Length, (await pipe.ReadAsync()).Buffer.Length);
    }
}
