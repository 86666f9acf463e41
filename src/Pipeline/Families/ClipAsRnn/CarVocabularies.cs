using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn;

/// <summary>The classes CaR was evaluated with, under the names its authors look for (car.md 9.1).</summary>
internal static class CarVocabularies
{
    // What CaR's data files call stuff: positions, in ADE20K full the dataset's numbers.
    private static readonly HashSet<int> AdeStuff =
        [0, 2, 3, 4, 5, 6, 9, 13, 16, 17, 21, 26, 29, 46, 48, 52, 60, 61, 66, 68, 91, 92, 94, 113, 128];

    private static readonly HashSet<int> AdeFullStuff =
    [
        1, 3, 4, 5, 6, 9, 10, 13, 16, 17, 23, 25, 32, 34, 48, 54, 55, 91, 112, 119, 135, 137, 144, 196, 305, 369, 436,
        547, 625,
    ];

    private static readonly HashSet<int> ContextStuff =
    [
        6, 67, 85, 92, 96, 111, 157, 160, 186, 188, 210, 228, 258, 277, 278, 323, 325, 329, 333, 359, 365, 381, 386,
        439, 444, 457,
    ];

    /// <summary>Pascal VOC, 20 classes.</summary>
    public static Vocabulary Voc { get; } = Named("car-voc-20", "aeroplane; bicycle; bird avian; boat; bottle; bus; "
        + "car; cat; chair seat; cow; diningtable; dog; horse; "
        + "motorbike; person with clothes,people,human; pottedplant; sheep; sofa; train; tvmonitor screen");

    /// <summary>COCO Object, 80 classes; the spelling of the released list is kept.</summary>
    public static Vocabulary CocoObject { get; } = Named("car-coco-object-80", "person with clothes,people,human; "
        + "bicycle; car; motorbike; aeroplane; bus; train; truck; boat; traffic light; "
        + "fire hydrant; stop sign; parking meter; bench; bird avian; cat; dog; horse; sheep; cow; elephant; bear; "
        + "zebra; "
        + "giraffe; backpack,bag; umbrella,parasol; handbag,purse; necktie; suitcase; frisbee; skis; sknowboard; "
        + "sports "
        + "ball; kite; baseball bat; glove; skateboard; surfboard; tennis racket; bottle; wine glass; cup; fork; "
        + "knife; "
        + "dessertspoon; bowl; banana; apple; sandwich; orange; broccoli; carrot; hot dog; pizza; donut; cake; chair "
        + "seat; "
        + "sofa; pottedplant; bed; diningtable; toilet; tvmonitor screen; laptop; mouse; remote control; keyboard; "
        + "cell "
        + "phone; microwave; oven; toaster; sink; refrigerator; book; clock; vase; scissors; teddy bear; "
        + "hairdrier,blowdrier; toothbrush");

    /// <summary>Pascal Context, 59 classes, 38 things and 21 stuff.</summary>
    public static Vocabulary PascalContext { get; } = Named("car-pascal-context-59", "airplane; bag; bed; bedclothes "
        + "(stuff); bench; bicycle; bird; boat; book; bottle; building; bus; cabinet; car; "
        + "cat; ceiling (stuff); chair; cloth (stuff); computer; cow; cup; curtain (stuff); dog; door (stuff); fence "
        + "(stuff); floor (stuff); flower; food; grass (stuff); ground (stuff); horse; keyboard; light (stuff); "
        + "motorbike; "
        + "mountain (stuff); mouse; person; plate; platform (stuff); plant; road (stuff); rock (stuff); sheep; "
        + "shelves; "
        + "sidewalk (stuff); sign; sky (stuff); snow (stuff); sofa; table; track; train; tree; truck; monitor; wall "
        + "(stuff); water (stuff); window (stuff); wood (stuff)");

    /// <summary>
    /// ADE20K, 150 classes, 125 things and 25 stuff; the released list is ADE20K's own with its words separated by
    /// commas.
    /// </summary>
    public static Vocabulary Ade150 { get; } = new("car-ade-150", [.. ("wall; building,edifice; sky; floor,flooring; "
        + "tree; ceiling; road,route; bed; windowpane,window; grass; cabinet; "
        + "sidewalk,pavement; person,individual,someone,somebody,mortal,soul; earth,ground; door,double,door; table; "
        + "mountain,mount; plant,flora,plant,life; curtain,drape,drapery,mantle,pall; chair; "
        + "car,auto,automobile,machine,motorcar; water; painting,picture; sofa,couch,lounge; shelf; house; sea; "
        + "mirror; "
        + "rug,carpet,carpeting; field; armchair; seat; fence,fencing; desk; rock,stone; wardrobe,closet,press; lamp; "
        + "bathtub,bathing,tub,bath,tub; railing,rail; cushion; base,pedestal,stand; box; column,pillar; "
        + "signboard,sign; "
        + "chest,of,drawers,chest,bureau,dresser; counter; sand; sink; skyscraper; fireplace,hearth,open,fireplace; "
        + "refrigerator,icebox; grandstand,covered,stand; path; stairs,steps; runway; "
        + "case,display,case,showcase,vitrine; "
        + "pool,table,billiard,table,snooker,table; pillow; screen,door,screen; stairway,staircase; river; "
        + "bridge,span; "
        + "bookcase; blind,screen; coffee,table,cocktail,table; toilet,can,commode,crapper,pot,potty,stool,throne; "
        + "flower; "
        + "book; hill; bench; countertop; stove,kitchen,stove,range,kitchen,range,cooking,stove; palm,palm,tree; "
        + "kitchen,island; "
        + "computer,computing,machine,computing,device,data,processor,electronic,computer,information,processing,system; "
        + "swivel,chair; boat; bar; arcade,machine; hovel,hut,hutch,shack,shanty; "
        + "bus,autobus,coach,charabanc,double-decker,jitney,motorbus,motorcoach,omnibus,passenger,vehicle; towel; "
        + "light,light,source; truck,motortruck; tower; chandelier,pendant,pendent; awning,sunshade,sunblind; "
        + "streetlight,street,lamp; booth,cubicle,stall,kiosk; "
        + "television,television,receiver,television,set,tv,tv,set,idiot,box,boob,tube,telly,goggle,box; "
        + "airplane,aeroplane,plane; dirt,track; apparel,wearing,apparel,dress,clothes; pole; land,ground,soil; "
        + "bannister,banister,balustrade,balusters,handrail; escalator,moving,staircase,moving,stairway; "
        + "ottoman,pouf,pouffe,puff,hassock; bottle; buffet,counter,sideboard; "
        + "poster,posting,placard,notice,bill,card; "
        + "stage; van; ship; fountain; conveyer,belt,conveyor,belt,conveyer,conveyor,transporter; canopy; "
        + "washer,automatic,washer,washing,machine; plaything,toy; swimming,pool,swimming,bath,natatorium; stool; "
        + "barrel,cask; basket,handbasket; waterfall,falls; tent,collapsible,shelter; bag; minibike,motorbike; cradle; "
        + "oven; ball; food,solid,food; step,stair; tank,storage,tank; trade,name,brand,name,brand,marque; "
        + "microwave,microwave,oven; pot,flowerpot; animal,animate,being,beast,brute,creature,fauna; "
        + "bicycle,bike,wheel,cycle; lake; dishwasher,dish,washer,dishwashing,machine; "
        + "screen,silver,screen,projection,screen; blanket,cover; sculpture; hood,exhaust,hood; sconce; vase; "
        + "traffic,light,traffic,signal,stoplight; tray; "
        + "ashcan,trash,can,garbage,can,wastebin,ash,bin,ash-bin,ashbin,dustbin,trash,barrel,trash,bin; fan; "
        + "pier,wharf,wharfage,dock; crt,screen; plate; monitor,monitoring,device; bulletin,board,notice,board; "
        + "shower; "
        + "radiator; glass,drinking,glass; clock; flag")
        .Split("; ").Select((names, i) => Of(i, names.Split(','), AdeStuff.Contains(i)))]);

    /// <summary>ADE20K full, 847 classes: FC-CLIP's names, CaR's 29 stuff.</summary>
    public static Vocabulary Ade847 { get; } = new(
        "car-ade-847", [.. NamedVocabularies.Find("ade-847").Categories.Select(
            (category, i) => Of(i, category.Names, AdeFullStuff.Contains(category.Id)))]);

    /// <summary>Pascal Context, 459 classes, one name each, CaR's 26 stuff.</summary>
    public static Vocabulary PascalContext459 { get; } = new(
        "car-pascal-context-459", [.. NamedVocabularies.Find("pc-459").Categories.Select(
            // FC-CLIP renamed one.
            (category, i) =>
                Of(i, [category.Name == "wood piece" ? "wood" : category.Name], ContextStuff.Contains(i)))]);

    private static Vocabulary Named(string name, string list) => new(name, Vocabulary.Parse(list).Categories);

    private static Category Of(int index, IReadOnlyList<string> names, bool isStuff) =>
        new(index, names, isStuff ? CategoryKind.Stuff : CategoryKind.Thing);
}
