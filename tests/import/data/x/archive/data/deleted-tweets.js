window.YTD.deleted_tweets.part0 = [
  {
    "tweet": {
      "edit_info": {},
      "retweeted": false,
      "source": "web",
      "entities": {
        "hashtags": [],
        "urls": [],
        "user_mentions": []
      },
      "display_text_range": [
        "0",
        "5"
      ],
      "favorite_count": "3",
      "id_str": "5",
      "truncated": false,
      "retweet_count": "0",
      "id": "5",
      "created_at": "Tue Oct 04 16:00:00 +0000 2022",
      "favorited": false,
      "full_text": "regretted",
      "lang": "en"
    }
  }
]