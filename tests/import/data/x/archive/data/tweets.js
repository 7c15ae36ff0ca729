window.YTD.tweets.part0 = [
  {
    "tweet": {
      "edit_info": {},
      "retweeted": false,
      "source": "web",
      "entities": {
        "hashtags": [],
        "urls": [],
        "user_mentions": [
          {
            "id": 103,
            "id_str": "103",
            "screen_name": "cy",
            "name": "Cy",
            "indices": [
              22,
              25
            ]
          }
        ]
      },
      "display_text_range": [
        "0",
        "5"
      ],
      "favorite_count": "3",
      "id_str": "1577318900085186501",
      "truncated": false,
      "retweet_count": "0",
      "id": "1577318900085186501",
      "created_at": "Tue Oct 04 15:25:05 +0000 2022",
      "favorited": false,
      "full_text": "Damp &amp; mould again @cy",
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
        "urls": [],
        "user_mentions": [
          {
            "id": 104,
            "id_str": "104",
            "screen_name": "dee",
            "name": "Dee",
            "indices": [
              3,
              7
            ]
          },
          {
            "id": 103,
            "id_str": "103",
            "screen_name": "cy",
            "name": "Cy",
            "indices": [
              35,
              38
            ]
          }
        ]
      },
      "display_text_range": [
        "0",
        "5"
      ],
      "favorite_count": "3",
      "id_str": "1577318900085186511",
      "truncated": false,
      "retweet_count": "0",
      "id": "1577318900085186511",
      "created_at": "Tue Oct 04 16:00:00 +0000 2022",
      "favorited": false,
      "full_text": "RT @dee: The whole long text about @cy, cut in the arch…",
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
        "urls": [],
        "user_mentions": [
          {
            "id": 102,
            "id_str": "102",
            "screen_name": "bob",
            "name": "Bob",
            "indices": [
              0,
              4
            ]
          }
        ]
      },
      "display_text_range": [
        "0",
        "5"
      ],
      "favorite_count": "3",
      "id_str": "1577318900085186512",
      "truncated": false,
      "retweet_count": "0",
      "id": "1577318900085186512",
      "created_at": "Tue Oct 04 16:01:00 +0000 2022",
      "favorited": false,
      "full_text": "@bob I did",
      "lang": "en",
      "in_reply_to_status_id_str": "1577318900085186505",
      "in_reply_to_user_id_str": "102",
      "in_reply_to_screen_name": "bob"
    }
  },
  {
    "tweet": {
      "edit_info": {},
      "retweeted": false,
      "source": "web",
      "entities": {
        "hashtags": [],
        "urls": [],
        "user_mentions": [
          {
            "id": 102,
            "id_str": "102",
            "screen_name": "bob",
            "name": "Bob",
            "indices": [
              0,
              4
            ]
          }
        ]
      },
      "display_text_range": [
        "0",
        "5"
      ],
      "favorite_count": "3",
      "id_str": "1577318900085186513",
      "truncated": false,
      "retweet_count": "0",
      "id": "1577318900085186513",
      "created_at": "Tue Oct 04 16:02:00 +0000 2022",
      "favorited": false,
      "full_text": "@bob and he is gone",
      "lang": "en",
      "in_reply_to_user_id_str": "102",
      "in_reply_to_screen_name": "bob"
    }
  }
]