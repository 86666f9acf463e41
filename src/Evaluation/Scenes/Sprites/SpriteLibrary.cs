using System.Numerics;

namespace FrozenSeg.Evaluation.Scenes.Sprites;

/// <summary>
/// How every thing looks. Unseen things share their parts and colours with seen ones, as real ones do.
/// </summary>
internal static class SpriteLibrary
{
    private static readonly Vector3 Black = new(38, 36, 42), White = new(244, 243, 238), Cream = new(240, 226, 196),
        Bark = new(112, 76, 46), Leaf = new(74, 148, 66), Glass = new(168, 214, 236), Roof = new(150, 56, 44),
        Gold = new(240, 196, 62), Clay = new(184, 98, 58), Carrot = new(238, 128, 42), Signal = new(206, 52, 48),
        Coffee = new(96, 58, 36), Flame = new(250, 176, 50), Steel = new(150, 154, 162);

    private static readonly Dictionary<string, Sprite> Sprites = new()
    {
        ["tree"] = new(
            Own(Bark, new Slab(-.15f, .1f, .15f, 1f)),
            Body(new Oval(-.42f, -.12f, .5f, .42f)),
            Body(new Oval(.42f, -.12f, .5f, .42f)),
            Body(new Oval(0, -.5f, .56f, .48f)),
            Light(new Oval(-.18f, -.62f, .16f, .12f))),
        ["house"] = new(
            Body(new Slab(-.76f, -.2f, .76f, .92f)),
            Own(Roof, new PolygonShape((-1, -.12f), (0, -.96f), (1, -.12f))),
            Own(Bark, new Slab(-.16f, .34f, .2f, .92f)),
            Own(Glass, new Slab(-.6f, .08f, -.32f, .4f)),
            Own(Glass, new Slab(.36f, .08f, .62f, .4f))),
        ["flower"] = new(
            Own(Leaf, new Slab(-.07f, 0, .07f, 1f)),
            Own(Leaf, new Oval(.3f, .68f, .28f, .13f)),
            Own(Leaf, new Oval(-.28f, .52f, .26f, .12f)),
            Body(new Oval(0, -.74f, .25f, .25f)),
            Body(new Oval(.4f, -.48f, .26f, .25f)),
            Body(new Oval(.28f, -.02f, .26f, .25f)),
            Body(new Oval(-.28f, -.02f, .26f, .25f)),
            Body(new Oval(-.4f, -.48f, .26f, .25f)),
            Own(Gold, new Oval(0, -.32f, .27f, .27f))),
        ["car"] = new(
            Body(new PolygonShape((-.62f, 0), (-.36f, -.52f), (.42f, -.52f), (.7f, 0))),
            Body(new Slab(-1, -.08f, 1, .46f, .16f)),
            Own(Glass, new PolygonShape((-.46f, -.06f), (-.28f, -.42f), (-.02f, -.42f), (-.02f, -.06f))),
            Own(Glass, new PolygonShape((.06f, -.06f), (.06f, -.42f), (.34f, -.42f), (.54f, -.06f))),
            Own(Gold, new Oval(.9f, .1f, .1f, .1f)),
            Own(Black, new Oval(-.54f, .44f, .28f, .28f)),
            Own(Black, new Oval(.54f, .44f, .28f, .28f)),
            Own(Steel, new Oval(-.54f, .44f, .12f, .12f)),
            Own(Steel, new Oval(.54f, .44f, .12f, .12f))),
        ["boat"] = new(
            Own(Coffee, new Slab(-.05f, -.96f, .05f, .32f)),
            Own(White, new PolygonShape((.1f, -.92f), (.84f, .2f), (.1f, .2f))),
            Own(Cream, new PolygonShape((-.1f, -.7f), (-.66f, .2f), (-.1f, .2f))),
            Body(new PolygonShape((-1, .28f), (1, .28f), (.66f, .84f), (-.66f, .84f))),
            Dark(new PolygonShape((-1, .28f), (1, .28f), (.95f, .38f), (-.95f, .38f)))),
        ["star"] = new(
            Body(PolygonShape.Star(5, 1, .46f)),
            Light(PolygonShape.Star(5, .5f, .23f))),
        ["heart"] = new(
            Body(new Oval(-.46f, -.3f, .5f, .5f)),
            Body(new Oval(.46f, -.3f, .5f, .5f)),
            Body(new PolygonShape((-.9f, -.08f), (.9f, -.08f), (0, .96f))),
            Light(new Oval(-.5f, -.44f, .18f, .13f))),
        ["ball"] = new(
            Body(new Oval(0, 0, .95f, .95f)),
            Own(White, new Hoop(0, 0, .95f, 0, -.2f, .6f)),
            Own(White, new Hoop(0, 0, .95f, 0, 1.9f, 2.7f)),
            Own(White, new Hoop(0, 0, .95f, 0, -2.3f, -1.5f)),
            Own(Signal, new Oval(0, 0, .2f, .2f))),
        ["cup"] = new(
            Dark(new Oval(0, .82f, .9f, .15f)),
            Body(new Hoop(.66f, .02f, .36f, .2f)),
            Body(new Slab(-.66f, -.62f, .66f, .8f, .24f)),
            Light(new Oval(0, -.6f, .66f, .2f)),
            Own(Coffee, new Oval(0, -.58f, .54f, .14f))),
        ["bottle"] = new(
            Body(new Slab(-.42f, -.26f, .42f, .98f, .12f)),
            Body(new Oval(0, -.26f, .42f, .26f)),
            Body(new Slab(-.16f, -.82f, .16f, -.2f)),
            Own(Signal, new Slab(-.2f, -1, .2f, -.78f, .04f)),
            Own(White, new Slab(-.42f, .1f, .42f, .6f)),
            Own(Clay, new Oval(0, .35f, .18f, .16f))),
        ["clock"] = new(
            Own(Black, new Oval(0, 0, .96f, .96f)),
            Body(new Oval(0, 0, .78f, .78f)),
            Own(Black, new Slab(-.05f, -.76f, .05f, -.62f)),
            Own(Black, new Slab(-.05f, .62f, .05f, .76f)),
            Own(Black, new Slab(-.76f, -.05f, -.62f, .05f)),
            Own(Black, new Slab(.62f, -.05f, .76f, .05f)),
            Own(Black, new Slab(-.07f, -.52f, .07f, .07f)),
            Own(Black, new Slab(-.07f, -.07f, .44f, .07f))),
        ["umbrella"] = new(
            Own(Bark, new Slab(-.05f, -.1f, .07f, .82f)),
            Own(Bark, new Hoop(.19f, .8f, .2f, .08f, 0, MathF.PI)),
            Body(new Hoop(0, .06f, .98f, 0, -MathF.PI, 0)),
            Dark(new PolygonShape((-.1f, -.9f), (.1f, -.9f), (.36f, .06f), (-.36f, .06f))),
            Own(Bark, new Slab(-.05f, -1, .05f, -.84f))),
        ["apple"] = new(
            Own(Bark, new Slab(-.05f, -.86f, .06f, -.3f)),
            Own(Leaf, new Oval(.32f, -.68f, .3f, .16f)),
            Body(new Oval(-.3f, .16f, .6f, .7f)),
            Body(new Oval(.3f, .16f, .6f, .7f)),
            Light(new Oval(-.46f, -.14f, .16f, .2f))),
        ["cactus"] = new(
            Body(new Slab(-.78f, -.4f, -.5f, .2f, .13f)),
            Body(new Slab(-.7f, -.02f, -.1f, .24f, .1f)),
            Body(new Slab(.5f, -.6f, .78f, .04f, .13f)),
            Body(new Slab(.1f, -.2f, .7f, .06f, .1f)),
            Body(new Slab(-.24f, -.96f, .24f, .6f, .24f)),
            Own(Clay, new PolygonShape((-.52f, .46f), (.52f, .46f), (.38f, 1), (-.38f, 1))),
            Own(Roof, new Slab(-.58f, .4f, .58f, .56f))),
        ["robot"] = new(
            Own(Black, new Slab(-.04f, -.98f, .04f, -.7f)),
            Own(Signal, new Oval(0, -.92f, .1f, .1f)),
            Own(Steel, new Slab(-.46f, .7f, -.16f, 1)),
            Own(Steel, new Slab(.16f, .7f, .46f, 1)),
            Dark(new Slab(-.88f, .08f, -.64f, .6f, .08f)),
            Dark(new Slab(.64f, .08f, .88f, .6f, .08f)),
            Body(new Slab(-.6f, 0, .6f, .76f, .08f)),
            Body(new Slab(-.5f, -.74f, .5f, -.06f, .1f)),
            Own(Gold, new Oval(-.22f, -.44f, .13f, .13f)),
            Own(Gold, new Oval(.22f, -.44f, .13f, .13f)),
            Own(Black, new Slab(-.28f, -.24f, .28f, -.16f)),
            Own(Glass, new Slab(-.32f, .16f, .32f, .48f))),
        ["butterfly"] = new(
            Body(new Oval(-.52f, -.36f, .46f, .5f)),
            Body(new Oval(.52f, -.36f, .46f, .5f)),
            Body(new Oval(-.42f, .46f, .38f, .4f)),
            Body(new Oval(.42f, .46f, .38f, .4f)),
            Own(Black, new Oval(-.6f, -.42f, .16f, .18f)),
            Own(Black, new Oval(.6f, -.42f, .16f, .18f)),
            Light(new Oval(-.44f, .48f, .14f, .15f)),
            Light(new Oval(.44f, .48f, .14f, .15f)),
            Own(Black, new Oval(0, .04f, .12f, .78f))),
        ["duck"] = new(
            Body(new PolygonShape((-.98f, -.1f), (-.4f, .1f), (-.5f, .6f))),
            Body(new Oval(-.1f, .38f, .76f, .5f)),
            Own(Carrot, new PolygonShape((.72f, -.5f), (1, -.3f), (.72f, -.14f))),
            Body(new Oval(.44f, -.34f, .4f, .42f)),
            Own(Black, new Oval(.56f, -.44f, .09f, .1f)),
            Dark(new Oval(-.22f, .36f, .4f, .24f))),
        ["gift"] = new(
            Own(Gold, new Oval(-.28f, -.7f, .28f, .2f)),
            Own(Gold, new Oval(.28f, -.7f, .28f, .2f)),
            Body(new Slab(-.8f, -.3f, .8f, .94f)),
            Dark(new Slab(-.92f, -.52f, .92f, -.22f)),
            Own(Gold, new Slab(-.14f, -.52f, .14f, .94f)),
            Own(Gold, new Slab(-.8f, .24f, .8f, .46f))),
        ["mushroom"] = new(
            Own(Cream, new Slab(-.26f, -.1f, .26f, .96f, .2f)),
            Body(new Hoop(0, .14f, .98f, 0, -MathF.PI, 0)),
            Own(White, new Oval(-.5f, -.18f, .17f, .15f)),
            Own(White, new Oval(.02f, -.5f, .18f, .16f)),
            Own(White, new Oval(.52f, -.16f, .17f, .15f)),
            Own(White, new Oval(.06f, -.02f, .13f, .1f))),
        ["fish"] = new(
            Dark(new PolygonShape((.4f, 0), (1, -.5f), (.86f, 0), (1, .5f))),
            Dark(new PolygonShape((-.3f, -.3f), (.1f, -.76f), (.34f, -.26f))),
            Body(new Oval(-.16f, 0, .76f, .48f)),
            Own(White, new Oval(-.58f, -.12f, .15f, .15f)),
            Own(Black, new Oval(-.6f, -.12f, .08f, .08f)),
            Dark(new Oval(.02f, .1f, .2f, .12f))),
        ["moon"] = new(
            Body(new Crescent(.96f, .44f, -.16f, .78f)),
            Dark(new Oval(-.62f, .1f, .12f, .12f)),
            Dark(new Oval(-.36f, .62f, .1f, .1f)),
            Dark(new Oval(-.48f, -.42f, .09f, .09f))),
        ["key"] = new(
            Body(new Hoop(0, -.54f, .44f, .2f)),
            Body(new Slab(-.13f, -.18f, .13f, .98f)),
            Body(new Slab(.1f, .4f, .46f, .6f)),
            Body(new Slab(.1f, .76f, .4f, .96f)),
            Dark(new Slab(-.2f, -.16f, .2f, -.02f))),
        ["rocket"] = new(
            Own(Flame, new PolygonShape((-.2f, .7f), (0, 1), (.2f, .7f))),
            Own(Signal, new PolygonShape((-.32f, .2f), (-.78f, .84f), (-.28f, .72f))),
            Own(Signal, new PolygonShape((.32f, .2f), (.78f, .84f), (.28f, .72f))),
            Body(new Oval(0, .02f, .38f, .8f)),
            Own(Signal, new PolygonShape((-.27f, -.52f), (0, -1), (.27f, -.52f))),
            Own(Black, new Oval(0, -.12f, .2f, .2f)),
            Own(Glass, new Oval(0, -.12f, .15f, .15f))),
        ["snowman"] = new(
            Body(new Oval(0, .5f, .54f, .5f)),
            Body(new Oval(0, -.16f, .4f, .38f)),
            Body(new Oval(0, -.56f, .3f, .28f)),
            Own(Signal, new Slab(-.32f, -.36f, .32f, -.22f, .05f)),
            Own(Black, new Slab(-.4f, -.8f, .4f, -.7f)),
            Own(Black, new Slab(-.25f, -1, .25f, -.7f)),
            Own(Carrot, new PolygonShape((-.02f, -.58f), (.34f, -.5f), (-.02f, -.46f))),
            Own(Black, new Oval(-.12f, -.6f, .05f, .05f)),
            Own(Black, new Oval(.12f, -.6f, .05f, .05f)),
            Own(Black, new Oval(0, -.02f, .06f, .06f)),
            Own(Black, new Oval(0, .34f, .07f, .07f)),
            Own(Black, new Oval(0, .6f, .07f, .07f))),
    };

    /// <summary>The looks of a thing.</summary>
    public static Sprite Of(SceneCategory thing) => Sprites[thing.Name];

    private static SpritePart Body(ISpriteShape shape) => new(shape, SpritePaint.Body);

    private static SpritePart Dark(ISpriteShape shape) => new(shape, SpritePaint.BodyDark);

    private static SpritePart Light(ISpriteShape shape) => new(shape, SpritePaint.BodyLight);

    private static SpritePart Own(Vector3 colour, ISpriteShape shape) => new(shape, SpritePaint.Own, colour);
}
