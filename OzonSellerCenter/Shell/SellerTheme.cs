using MudBlazor;

namespace OzonSellerCenter.Shell;

/// <summary>The look "Quiet Clock" for MudBlazor's own widgets: the same colours and type as css/tokens.css, which styles our own markup.
/// Contrasts are computed for WCAG 2.2 AA; MudBlazor's default Success, Warning, Info and Error fail it.</summary>
public static class SellerTheme
{
    private static readonly string[] Fonts =
    [
        "Inter Variable", "Roboto", "Segoe UI", "system-ui", "-apple-system", "Noto Sans", "PingFang SC", "Microsoft YaHei UI", "Microsoft YaHei",
        "Noto Sans CJK SC", "sans-serif",
    ];

    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#0B5F6B",
            PrimaryContrastText = "#FFFFFF",
            Secondary = "#4D5659",
            SecondaryContrastText = "#FFFFFF",
            Tertiary = "#5B4F7C",
            TertiaryContrastText = "#FFFFFF",
            Info = "#3F5566",
            InfoContrastText = "#FFFFFF",
            Success = "#1F6B3D",
            SuccessContrastText = "#FFFFFF",
            Warning = "#7A4E00",
            WarningContrastText = "#FFFFFF",
            Error = "#B0182C",
            ErrorContrastText = "#FFFFFF",
            Dark = "#1C2224",
            DarkContrastText = "#FFFFFF",
            TextPrimary = "#1C2224",
            TextSecondary = "#4D5659",
            TextDisabled = "#626B6E",
            ActionDefault = "#4D5659",
            ActionDisabled = "#626B6E",
            ActionDisabledBackground = "#ECEAE4",
            Background = "#F5F4F0",
            BackgroundGray = "#ECEAE4",
            Surface = "#FFFFFF",
            DrawerBackground = "#F5F4F0",
            DrawerText = "#4D5659",
            DrawerIcon = "#4D5659",
            AppbarBackground = "#F5F4F0",
            AppbarText = "#1C2224",
            LinesDefault = "#E0DDD4",
            LinesInputs = "#8C8B83",
            TableLines = "#E0DDD4",
            TableHover = "#ECEAE4",
            TableStriped = "#F5F4F0",
            Divider = "#E0DDD4",
            Skeleton = "#ECEAE4",
            OverlayDark = "rgba(28,34,36,.45)",
            HoverOpacity = .06,
            RippleOpacity = 0,
            RippleOpacitySecondary = 0,
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#62C4CF",
            PrimaryContrastText = "#06272C",
            Secondary = "#B0BABC",
            SecondaryContrastText = "#0B0E0F",
            Tertiary = "#B9AEDF",
            TertiaryContrastText = "#0B0E0F",
            Info = "#A9BCCB",
            InfoContrastText = "#0B0E0F",
            Success = "#7CCB93",
            SuccessContrastText = "#0B0E0F",
            Warning = "#EBBE5C",
            WarningContrastText = "#0B0E0F",
            Error = "#FF8A93",
            ErrorContrastText = "#1E0508",
            Dark = "#E8ECEC",
            DarkContrastText = "#101415",
            TextPrimary = "#E8ECEC",
            TextSecondary = "#B0BABC",
            TextDisabled = "#919DA0",
            ActionDefault = "#B0BABC",
            ActionDisabled = "#919DA0",
            ActionDisabledBackground = "#0B0E0F",
            Background = "#101415",
            BackgroundGray = "#0B0E0F",
            Surface = "#171C1E",
            DrawerBackground = "#101415",
            DrawerText = "#B0BABC",
            DrawerIcon = "#B0BABC",
            AppbarBackground = "#101415",
            AppbarText = "#E8ECEC",
            LinesDefault = "#2B3336",
            LinesInputs = "#6F7B7F",
            TableLines = "#2B3336",
            TableHover = "#1F2628",
            TableStriped = "#101415",
            Divider = "#2B3336",
            Skeleton = "#1F2628",
            OverlayDark = "rgba(0,0,0,.6)",
            HoverOpacity = .08,
            RippleOpacity = 0,
            RippleOpacitySecondary = 0,
        },
        LayoutProperties = new LayoutProperties
        {
            DefaultBorderRadius = "7px",
            AppbarHeight = "48px",
            DrawerMiniWidthLeft = "84px",
            DrawerWidthLeft = "216px",
        },
        Typography = new Typography
        {
            Default = Type<DefaultTypography>(".875rem", "1.43"),
            Body1 = Type<Body1Typography>(".875rem", "1.43"),
            Body2 = Type<Body2Typography>(".8125rem", "1.385"),
            Caption = Type<CaptionTypography>(".75rem", "1.334"),
            Overline = Type<OverlineTypography>(".6875rem", "1.455"),
            Button = Type<ButtonTypography>(".875rem", "1.43", "550"),
            H1 = Type<H1Typography>("1.25rem", "1.4", "650", "-.012em"),
            H2 = Type<H2Typography>(".875rem", "1.43", "600"),
            H3 = Type<H3Typography>(".8125rem", "1.385", "600"),
            H4 = Type<H4Typography>("1.75rem", "1.215", "620", "-.02em"),
            H5 = Type<H5Typography>("1rem", "1.375", "650"),
        },
    };

    private static T Type<T>(string size, string line, string weight = "400", string spacing = "normal") where T : BaseTypography, new() => new()
    {
        FontFamily = Fonts,
        FontSize = size,
        LineHeight = line,
        FontWeight = weight,
        LetterSpacing = spacing,
        TextTransform = "none",
    };
}
