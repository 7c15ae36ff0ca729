window.YTD.tweets.part1 = [
  {
    "tweet": {
      "edit_info": {},
      "retweeted": false,
      "source": "web",
      "entities": {
        "hashtags": [],
        "user_mentions": [],
        "urls": [
          {
            "url": "https://t.co/q",
            "expanded_url": "https://twitter.com/Dee/status/1577318900085186400",
            "indices": [
              "4",
              "18"
            ]
          }
        ]
      },
      "display_text_range": [
        "0",
        "5"
      ],
      "favorite_count": "3",
      "id_str": "1577318900085186514",
      "truncated": false,
      "retweet_count": "0",
      "id": "1577318900085186514",
      "created_at": "Tue Oct 04 16:03:00 +0000 2022",
      "favorited": false,
      "full_text": "see https://t.co/q",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {},
      "retweeted": false,
      "source": "web",
      "entities": {
        "hashtags": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "5"
      ],
      "favorite_count": "3",
      "id_str": "1577318900085186515",
      "truncated": false,
      "retweet_count": "0",
      "id": "1577318900085186515",
      "created_at": "Tue Oct 04 16:04:00 +0000 2022",
      "favorited": false,
      "full_text": "A long report about the damp homes of Eastfield, which every tenant of the two blocks has signed, an… https://t.co/z",
      "lang": "en"
    }
  }
]