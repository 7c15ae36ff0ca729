window.YTD.tweets.part0 = [
 {
  "tweet": {
   "id": "1577318900085186501",
   "id_str": "1577318900085186501",
   "created_at": "Wed Mar 20 14:01:00 +0000 2024",
   "full_text": "one",
   "entities": {
    "user_mentions": [],
    "urls": [],
    "hashtags": []
   },
   "favorite_count": "0",
   "retweet_count": "0",
   "lang": "en",
   "source": "x"
  }
 }
]