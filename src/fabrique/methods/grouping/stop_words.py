"""French words that say nothing of the theme: grammar, and the verbs every proposal is made of.

Without accents, as they are compared.
"""

STOP_WORDS = frozenset(
    """
    a ai aie aient ainsi alors apres as au aucun aucune aujourd auquel aura aurait auront aussi
    autant autre autres aux auxquelles auxquels avaient avait avant avec avez avoir avons ayant
    beaucoup bien bon bonne car ce ceci cela celle celles celui cependant certain certaine
    certaines certains ces cet cette ceux chacun chacune chaque chez ci comme comment concernant
    contre d dans de deja depuis des dessous dessus devoir devra devrait devraient doit doivent
    donc dont du duquel elle elles en encore entre es est et etaient etait etant etc ete etes etre
    eu eux evidemment faire fait faites faut faudrait font fois hors hui ici il ils j je jusqu
    jusque l la laquelle le lequel les lesquelles lesquels leur leurs lors lorsque lui m ma mais
    me meme memes mes mettre mieux mise moi moins mon n ne ni non nos notamment notre nous on ont
    or ou ou par parce parfois pas pendant peu peut peuvent plus plusieurs plutot pour pourquoi
    pourra pourrait pouvoir pourraient pres presque puis puisque qu quand que quel quelle quelles
    quelqu quelque quelques quels qui quoi rien s sa sans se selon sera serait seraient ses seul
    seulement si sien soi soient sois soit sommes son sont sous souvent sur t ta tandis tant te
    tel telle telles tels tes toi ton toujours tous tout toute toutefois toutes tres trop tu un
    une va vers veut via voici voila voir voire vont vos votre vous vraiment y
    """.split()  # noqa: SIM905
)
