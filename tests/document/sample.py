"""A whole note as the first local seminar leaves it: what the renderers are tried on."""

from datetime import date

from fabrique.document.tree import (
    Bar,
    BarChart,
    Bullets,
    Callout,
    Card,
    Cards,
    Citation,
    Column,
    DistributionBar,
    DistributionChart,
    Document,
    Fact,
    Item,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Quote,
    RangeBar,
    RangeChart,
    Row,
    Scale,
    Section,
    SlopeChart,
    SlopeLine,
    Table,
)


def said(number: int, words: str, who: str = "participant ou participante") -> Citation:
    return Citation(f"contribution:{number:04d}", f"« {words} » – {who}, carte V-{number:02d}")


FLOOD = said(1, "La zone commerciale est sous l'eau un hiver sur trois")
FREIGHT = said(2, "Les livraisons saturent l'hypercentre avant 9 h", "Commerçante du centre")
HEAT = said(3, "L'école n'a pas un arbre : 38 °C dans la cour en juin")
FOOD = said(4, "On importe 95 % de ce qu'on mange")
SKILLS = said(5, "Plus personne ne sait réparer un moteur de bateau ici")
PORT = said(6, "Le port reçoit, la ville ne voit rien passer", "Opérateur portuaire")
WORKS = said(7, "Le plan vélo a changé les quartiers nord, pas le centre")
CANTEEN = said(8, "Les cantines ont tiré toute une filière en cinq ans", "Service restauration")
WATER = said(9, "L'eau potable n'était pas un sujet, elle le devient")
STAFF = said(10, "Deux agents pour suivre quarante actions")

NOTE = Document(
    title="Croiser projections et actions réalisées",
    subtitle="Ce que le groupe de travail de Lorient a dit, noté et retenu",
    eyebrow="Note du séminaire local · Lorient",
    mark="#1",
    accent="#0f6b6b",
    facts=(
        Fact("Date", "17 septembre 2020"),
        Fact("Lieu", "Maison de l'agglomération"),
        Fact("Participants", "17 sur 20 invités"),
        Fact("Thème local", "Logistique urbaine"),
    ),
    notice="Données de démonstration",
    sources_title="Sur quoi repose cette note",
    publisher="Fabrique Prospective « Villes moyennes et transition écologique »",
    issued_on=date(2020, 9, 17),
    identifier="lorient-local-1/v1",
    colophon=(
        "Note rédigée à partir de la séance, relue et validée à l'écran par le groupe avant la fin "
        "du séminaire.",
        "Les propos sont attribués par fonction, avec l'accord de leurs auteurs ; aucun chiffre ne "
        "porte sur moins de cinq personnes.",
    ),
    sections=(
        Section(
            "kept",
            "Ce que nous retenons",
            lead="Vu de 2030, le centre de Lorient dépend de flux qu'il ne maîtrise pas ; ce que "
            "la collectivité a déjà fait n'y répond qu'en partie.",
            blocks=(
                Bullets(
                    (
                        Item(
                            "La submersion est la vulnérabilité la mieux partagée : tous les "
                            "participants la jugent forte, et personne ne le pense prêt.",
                            citations=(FLOOD, WATER),
                        ),
                        Item(
                            "La livraison du dernier kilomètre est un sujet de santé, de commerce "
                            "et d'espace public à la fois : aucun service n'en a la charge.",
                            citations=(FREIGHT, PORT),
                        ),
                        Item(
                            "La restauration collective montre qu'un achat public tenu cinq ans "
                            "fait bouger une filière entière.",
                            citations=(CANTEEN,),
                        ),
                    )
                ),
                KeyFigures(
                    (
                        KeyFigure("43", "contributions", "dont 12 sur papier"),
                        KeyFigure(
                            "14", "vulnérabilités", "regroupées par le groupe, 17 participants"
                        ),
                        KeyFigure("9", "actions réalisées", "sur le mandat 2014-2020"),
                        KeyFigure("5", "angles morts", "vulnérabilités sans action en face"),
                    )
                ),
            ),
        ),
        Section(
            "vulnerabilities",
            "Les vulnérabilités vues de 2030",
            blocks=(
                Paragraph(
                    "Chacun a noté seul, de 1 à 4, l'exposition du territoire. L'écart entre les "
                    "réponses compte autant que la médiane : il dit où le groupe n'a pas encore "
                    "tranché. La perte de savoir-faire de réparation divise le plus."
                ),
                RangeChart(
                    "Exposition du territoire à l'horizon 2030",
                    "Le disque marque la médiane, la barre la moitié centrale des réponses.",
                    (
                        RangeBar(
                            "Submersion des zones d'activité", 4, 3, 4, 17, citations=(FLOOD,)
                        ),
                        RangeBar(
                            "Engorgement de l'hypercentre", 3, 3, 4, 17, citations=(FREIGHT, PORT)
                        ),
                        RangeBar("Chaleur dans les écoles", 3, 2, 3, 16, citations=(HEAT,)),
                        RangeBar("Dépendance alimentaire", 2.5, 2, 3, 17, citations=(FOOD,)),
                        RangeBar("Perte de savoir-faire", 2, 1, 4, 15, citations=(SKILLS,)),
                    ),
                    scale=Scale(1, 4, "faible", "forte"),
                    subject="Vulnérabilité",
                    note="17 participants présents, vote individuel et anonyme ; les abstentions "
                    "ne sont pas comptées.",
                ),
                Quote(
                    "Le port reçoit, la ville ne voit rien passer : tant que personne ne compte, "
                    "personne ne décide.",
                    "Opérateur portuaire",
                    citations=(PORT,),
                ),
            ),
        ),
        Section(
            "actions",
            "Ce que la collectivité a déjà fait",
            blocks=(
                Paragraph(
                    "Le groupe a passé en revue neuf actions du dernier mandat. Trois ont laissé "
                    "une trace que chacun peut citer ; deux ont cessé avec leur financement.",
                    citations=(WORKS, CANTEEN, STAFF),
                ),
                Table(
                    "Actions du mandat 2014-2020",
                    (
                        Column("Action", "wide"),
                        Column("Secteur"),
                        Column("Effet constaté", "wide"),
                        Column("Cartes", "number"),
                    ),
                    (
                        Row(
                            (
                                "Approvisionnement local des cantines",
                                "Achats",
                                "65 % de produits locaux, une légumerie créée",
                                "6",
                            ),
                            citations=(CANTEEN,),
                        ),
                        Row(
                            ("Plan vélo", "Mobilité", "Effet net hors du centre", "4"),
                            citations=(WORKS,),
                        ),
                        Row(
                            (
                                "Étude de submersion",
                                "Risques",
                                "Connue des services, pas des entreprises",
                                "3",
                            ),
                            citations=(FLOOD,),
                        ),
                    ),
                    note="Effet jugé en séance par les participants concernés.",
                ),
                DistributionChart(
                    "Jusqu'où ces actions ont-elles porté ?",
                    "Nombre de réponses par action, du moins au plus porteur.",
                    ("Peu", "Assez", "Beaucoup"),
                    (
                        DistributionBar("Cantines", (1, 4, 11)),
                        DistributionBar("Plan vélo", (3, 8, 5)),
                        DistributionBar("Étude de submersion", (9, 5, 1)),
                    ),
                    subject="Action",
                    note="16, 16 et 15 réponses.",
                ),
                BarChart(
                    "Par où commencer ?",
                    "Chaque personne avait trois pastilles à répartir.",
                    ("Pastilles", "Votants"),
                    (
                        Bar("Cantines", 21, ("21", "14")),
                        Bar("Plan vélo", 9.5, ("9,5", "8"), citations=(WORKS,)),
                        Bar("Étude de submersion", 0, ("0", "0")),
                    ),
                    subject="Action",
                    measure="Pastilles reçues",
                    note="16 personnes, vote individuel sur téléphone.",
                ),
                SlopeChart(
                    "Quel rôle pour la collectivité ?",
                    "Chaque fil est un rôle : sa part des réponses, aujourd'hui et souhaitée.",
                    ("Aujourd'hui", "Souhaité"),
                    ("Réglementer", "Animer", "Financer"),
                    ("Aujourd'hui, surtout", "Souhaité, surtout", "Réponses"),
                    (
                        SlopeLine(
                            "Livraisons", (9, 3, 4), (3, 11, 2), ("Réglementer", "Animer", "16")
                        ),
                        SlopeLine(
                            "Cantines",
                            (0, 8, 8),
                            (0, 8, 8),
                            ("Animer, financer", "Animer, financer", "16"),
                        ),
                    ),
                    wordy=2,
                    subject="Enjeu",
                    note="16 personnes, vote individuel sur téléphone.",
                ),
            ),
        ),
        Section(
            "debated",
            "Ce qui a été débattu",
            blocks=(
                Paragraph(
                    "Faut-il réserver l'hypercentre aux livraisons groupées ? Les commerçants "
                    "demandent une transition de deux ans et une plateforme à moins de 3 km ; les "
                    "services rappellent que l'agglomération n'a pas la police du stationnement.",
                    citations=(FREIGHT, STAFF),
                ),
                Callout(
                    "Désaccord assumé",
                    (
                        Paragraph(
                            "Une partie du groupe tient la fermeture à la circulation pour un "
                            "préalable, l'autre pour un aboutissement. La question est portée "
                            "telle quelle au séminaire intersite."
                        ),
                    ),
                    citations=(FREIGHT,),
                ),
            ),
        ),
        Section(
            "blind-spots",
            "Les angles morts",
            lead="Quatre vulnérabilités n'ont aucune action en face.",
            blocks=(
                Cards(
                    (
                        Card(
                            "Logistique du dernier kilomètre",
                            "Aucun service n'en a la charge, aucun budget ne la nomme.",
                            "Exposition 3 sur 4",
                            citations=(FREIGHT, PORT),
                        ),
                        Card(
                            "Réparer sur place",
                            "Les formations ont fermé ; les ateliers cherchent des apprentis.",
                            "Exposition 2 sur 4, réponses dispersées",
                            citations=(SKILLS,),
                        ),
                        Card(
                            "Eau potable en été",
                            "Un sujet neuf, que personne n'a encore chiffré.",
                            "Exposition 3 sur 4",
                            citations=(WATER,),
                        ),
                        Card(
                            "Cours d'école",
                            "Deux cours rénovées sur vingt-trois.",
                            "Exposition 3 sur 4",
                            citations=(HEAT,),
                        ),
                    )
                ),
            ),
        ),
        Section(
            "next",
            "Pour la prochaine fois",
            blocks=(
                Bullets(
                    (
                        Item("Compter les livraisons d'une semaine type, avec la CCI et le port."),
                        Item(
                            "Inviter deux entreprises de la zone inondable au séminaire local #2."
                        ),
                        Item(
                            "Revenir avec le coût d'une légumerie : combien, pour qui "
                            "et depuis quand ?",
                            citations=(CANTEEN,),
                        ),
                    )
                ),
            ),
        ),
    ),
)
