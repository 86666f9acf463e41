using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Pipeline.ClipAsRnn;

/// <summary>The classes CaR was evaluated with, under the names its authors look for (car.md 9.1).</summary>
public static class CarVocabularies
{
    /// <summary>Pascal VOC, 20 classes.</summary>
    public static Vocabulary Voc { get; } = Named("car-voc-20", "aeroplane; bicycle; bird avian; boat; bottle; bus; car; cat; chair seat; cow; diningtable; dog; horse; "
        + "motorbike; person with clothes,people,human; pottedplant; sheep; sofa; train; tvmonitor screen");

    /// <summary>COCO Object, 80 classes; the spelling of the released list is kept.</summary>
    public static Vocabulary CocoObject { get; } = Named("car-coco-object-80", "person with clothes,people,human; bicycle; car; motorbike; aeroplane; bus; train; truck; boat; traffic light; "
        + "fire hydrant; stop sign; parking meter; bench; bird avian; cat; dog; horse; sheep; cow; elephant; bear; zebra; "
        + "giraffe; backpack,bag; umbrella,parasol; handbag,purse; necktie; suitcase; frisbee; skis; sknowboard; sports "
        + "ball; kite; baseball bat; glove; skateboard; surfboard; tennis racket; bottle; wine glass; cup; fork; knife; "
        + "dessertspoon; bowl; banana; apple; sandwich; orange; broccoli; carrot; hot dog; pizza; donut; cake; chair seat; "
        + "sofa; pottedplant; bed; diningtable; toilet; tvmonitor screen; laptop; mouse; remote control; keyboard; cell "
        + "phone; microwave; oven; toaster; sink; refrigerator; book; clock; vase; scissors; teddy bear; "
        + "hairdrier,blowdrier; toothbrush");

    /// <summary>Pascal Context, 59 classes, 38 things and 21 stuff.</summary>
    public static Vocabulary PascalContext { get; } = Named("car-pascal-context-59", "airplane; bag; bed; bedclothes (stuff); bench; bicycle; bird; boat; book; bottle; building; bus; cabinet; car; "
        + "cat; ceiling (stuff); chair; cloth (stuff); computer; cow; cup; curtain (stuff); dog; door (stuff); fence "
        + "(stuff); floor (stuff); flower; food; grass (stuff); ground (stuff); horse; keyboard; light (stuff); motorbike; "
        + "mountain (stuff); mouse; person; plate; platform (stuff); plant; road (stuff); rock (stuff); sheep; shelves; "
        + "sidewalk (stuff); sign; sky (stuff); snow (stuff); sofa; table; track; train; tree; truck; monitor; wall "
        + "(stuff); water (stuff); window (stuff); wood (stuff)");

    private static Vocabulary Named(string name, string list) => new(name, Vocabulary.Parse(list).Categories);
}
