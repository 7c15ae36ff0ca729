Creator "hand"
Version 1
# a comment
Graph [
  directed 1
  node [
    id 1
    label "Ann "the hat" Lee &amp; Söhne"
    source "blog"
    value 3
    graphics [ x 1 y [ z 2 ] ]
  ]
  NODE [ ID 2 label "two
lines" source 7 value 4 ]
  node [ id 3 ]
  edge [ source 1 target 2 weight 2.5 value 9 ]
  edge [ source 1 target 1 ]
  edge [ source 1 target 4 ]
  edge [ source 1 target 3 value -2 ]
  edge [ source 3 target 1 ]







  node [ id 2 label "again" ]
  node [ label "nobody" ]
]
