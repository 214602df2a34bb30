using CsCheck;
using OzonSellerCenter.Data.Search;

namespace OzonSellerCenter.Tests.Data.Search;

public sealed class SearchWordsTests
{
    /// <summary>Texts with all that texts can hold: letters of several scripts, accents, joiners, emoji, halves of pairs, NUL.</summary>
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.Char,
        Gen.Char['а', 'я'],
        Gen.Char['A', 'z'],
        Gen.OneOf(' ', '"', 'ё', 'Й', '\0', '\u0306', '\u00AD', '\u200D', '\uD83D', '\uDE00', '中', 'ﬁ', 'ﷺ', '½', '-')).Array[0, 60].Select(c => new string(c));

    [Theory]
    [InlineData("Возвраты", "возврат")]
    [InlineData("ЁЛКА", "елк")]
    [InlineData("елка", "елк")]
    [InlineData("и\u0306од", "йод")]
    [InlineData("воз\u00ADврат", "возврат")]
    [InlineData("воз\u200Bврат", "возврат")]
    [InlineData("ﬁx", "fix")]
    [InlineData("５０", "50")]
    [InlineData("Straße", "straße")]
    public void A_word_is_spelled_one_way_however_it_was_written(string text, string stem) => Assert.Equal([stem], SearchWords.StemsOf(text));

    [Theory]
    [InlineData("вернуть верните вернул вернула вернули вернёте верну вернут")]
    [InlineData("треснул треснула треснуло треснет")]
    [InlineData("возврат возврата возвратом возвраты возвратах")]
    [InlineData("доставка доставку доставкой доставки")]
    [InlineData("кабинет кабинета кабинетом")]
    [InlineData("минута минут минуты")]
    public void Forms_of_what_buyers_write_share_a_stem(string forms) => Assert.Single(SearchWords.StemsOf(forms).Distinct());

    [Theory]
    [InlineData("USB-C, 2 м.", "usb c 2 м")]
    [InlineData("退货 ok", "退 货 ok")]
    [InlineData("0138-4821-1", "0138 4821 1")]
    [InlineData("😀!?…\0", "")]
    [InlineData("", "")]
    public void Words_are_letters_and_digits(string text, string stems) => Assert.Equal(stems, string.Join(' ', SearchWords.StemsOf(text)));

    [Fact]
    public void Each_word_knows_where_it_stands()
    {
        const string text = "«Где ёлка?» 😀 USB";
        Assert.Equal(["Где", "ёлка", "USB"], SearchWords.Of(text).Select(w => text.Substring(w.Start, w.Length)));
    }

    [Fact]
    public void Whatever_the_text_words_stand_in_order_and_hold_nothing_that_a_database_could_misread() => Texts.Sample(text =>
    {
        var words = SearchWords.Of(text);
        var end = 0;
        foreach (var word in words)
        {
            Assert.True(word.Start >= end && word.Length > 0 && word.End <= text.Length);
            end = word.End;
            Assert.NotEmpty(word.Stem);
            Assert.True(word.Written.Length <= SearchWords.MaxLength);
            Assert.All(word.Written.EnumerateRunes(), r => Assert.True(System.Text.Rune.IsLetterOrDigit(r)));
            Assert.StartsWith(word.Stem, word.Written, StringComparison.Ordinal);
        }
    });

    [Fact]
    public void Words_found_in_words_are_the_same() =>
        Texts.Sample(text => SearchWords.Of(string.Join(' ', SearchWords.Of(text).Select(w => w.Written))).Select(w => w.Stem).SequenceEqual(SearchWords.StemsOf(text)));

    [Theory]
    [InlineData("ghbdtn", "привет")]
    [InlineData("j,vty", "обмен")]
    [InlineData("руддщ", "hello")]
    [InlineData("Ыфьыгтп", "Samsung")]
    [InlineData("акщьЖигнук", "from:buyer")]
    [InlineData("2-ой", "2-jq")]
    [InlineData("123", null)]
    [InlineData("abc где", null)]
    public void The_other_keyboard_layout_is_known(string typed, string? meant) => Assert.Equal(meant, KeyboardLayout.Other(typed));

    [Fact]
    public void The_other_layout_of_the_other_layout_is_the_text_itself() => Gen.String[Gen.Char['а', 'я'], 1, 20]
        .Where(text => KeyboardLayout.Other(text)!.Any(char.IsAsciiLetter))
        .Sample(text => KeyboardLayout.Other(KeyboardLayout.Other(text)!) == text);

    [Theory]
    [InlineData("0138-4821-1", "013 138 384 848 482 821 211")]
    [InlineData("RB 12", "rb1 b12")]
    [InlineData("12", "")]
    public void Any_fragment_of_a_number_is_a_run_of_its_pieces(string number, string pieces) =>
        Assert.Equal(pieces, string.Join(' ', SearchIndex.PiecesOf(SearchWords.NumberOf(number))));

    [Fact]
    public void Keys_stand_in_the_order_of_time_then_of_ids() =>
        Gen.Select(Gen.Int[0, 100_000_000], Gen.Long[1, uint.MaxValue], Gen.Int[0, 100_000_000], Gen.Long[1, uint.MaxValue]).Sample((s1, id1, s2, id2) =>
        {
            var start = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
            var (one, two) = (SearchKey.Of(start.AddSeconds(s1), id1), SearchKey.Of(start.AddSeconds(s2), id2));
            return SearchKey.IdOf(one) == id1 && Math.Sign(one.CompareTo(two)) == Math.Sign((s1, id1).CompareTo((s2, id2)));
        });
}
